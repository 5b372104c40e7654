package io.inkstone.models.foreign;

import io.inkstone.models.DataForm;
import io.inkstone.weights.WeightSet;
import java.util.Set;

/**
 * What a family has read off a weight file.
 *
 * @param settings of the recipe, with everything that the shapes determine
 * @param data what the network is built for
 * @param weights under the names of the network; not compared with it yet
 * @param assumed keys of the recipe whose values are a custom and not said by the file; a note says so
 */
public record Imported<S>(S settings, DataForm data, WeightSet weights, Set<String> assumed) {
    /** With nothing assumed. */
    public Imported(S settings, DataForm data, WeightSet weights) {
        this(settings, data, weights, Set.of());
    }
}
