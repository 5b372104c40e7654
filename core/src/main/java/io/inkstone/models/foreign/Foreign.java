package io.inkstone.models.foreign;

import io.inkstone.array.NdArray;
import io.inkstone.models.DataForm;
import io.inkstone.weights.WeightSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Weights that were made elsewhere, as a family looks at them.
 *
 * @param weights as they lie in the file
 * @param data the form of the recipe's data: says what shapes cannot
 * @param missingShortcut what takes the place of a projection that the file lacks; empty refuses such a file
 * @param said keys of the recipe that somebody set on purpose: they hold where the file is silent
 */
public record Foreign(WeightSet weights, DataForm data, Optional<MissingShortcut> missingShortcut, Set<String> said) {
    /** Beyond this no layer of ours is that wide: the shape is damaged, and the strict comparison will say so. */
    private static final long WIDEST = 1 << 20;

    /** With nothing set on purpose. */
    public Foreign(WeightSet weights, DataForm data, Optional<MissingShortcut> missingShortcut) {
        this(weights, data, missingShortcut, Set.of());
    }

    /** Whether the file holds all of {@code names}. */
    public boolean holds(String... names) {
        return weights.tensors().keySet().containsAll(List.of(names));
    }

    /** A size of the tensor {@code name}; {@code otherwise} where the file does not tell. */
    public int size(String name, int dimension, int otherwise) {
        NdArray tensor = weights.tensors().get(name);
        if (tensor == null || tensor.shape().length <= dimension) {
            return otherwise;
        }
        long size = tensor.shape()[dimension];
        return size < 1 || size > WIDEST ? otherwise : (int) size;
    }

    /** Names for {@code count} classes: the data's own where it knows as many, else their numbers. */
    public List<String> classes(int count) {
        return data.classes().size() == count
                ? data.classes()
                : IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    /** The side of a square of {@code area} values; {@code otherwise} where it is none. */
    public static int squareSide(int area, int otherwise) {
        int side = (int) Math.round(Math.sqrt(area));
        return side * side == area ? side : otherwise;
    }
}
