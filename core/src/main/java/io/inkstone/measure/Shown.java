package io.inkstone.measure;

import io.inkstone.data.PreparedSet;
import io.inkstone.run.preview.SampleMeasures;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What pictures are known to show, or were asked to show: a class each, or any of several attributes.
 *
 * @param classes of each picture, where the set has exclusive ones
 * @param attributes of each picture [N][attributes], where it has such
 */
record Shown(Optional<int[]> classes, Optional<List<float[]>> attributes) {
    /** Nobody knows. */
    static final Shown NOTHING = new Shown(Optional.empty(), Optional.empty());

    /** Of some pictures of a set. */
    static Shown of(PreparedSet set, int[] indices) {
        if (set.info().classes().isEmpty()) {
            return NOTHING;
        }
        List<float[]> rows = Arrays.stream(indices)
                .mapToObj(index -> set.entry(index).context())
                .toList();
        return set.info().exclusive()
                ? new Shown(
                        Optional.of(
                                rows.stream().mapToInt(SampleMeasures::largest).toArray()),
                        Optional.empty())
                : new Shown(Optional.empty(), Optional.of(rows));
    }
}
