package io.inkstone.models.foreign;

import io.inkstone.models.DataForm;
import io.inkstone.weights.WeightSet;

/**
 * What a family has read off a weight file.
 *
 * @param settings of the recipe, with everything that the shapes determine
 * @param data what the network is built for
 * @param weights under the names of the network; not compared with it yet
 */
public record Imported<S>(S settings, DataForm data, WeightSet weights) {}
