package io.inkstone.tensor;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/** Shape checks at the door: libtorch broadcasts in silence, or fails far from the cause. */
public final class Shapes {
    /** Any size, in {@link #require}. */
    public static final long ANY = -1;

    private Shapes() {}

    /** Refuses a tensor whose shape is not {@code expected}; {@link #ANY} matches every size. */
    public static void require(String what, Tensor tensor, long... expected) {
        require(what, tensor.shape(), expected);
    }

    /** The same for a shape alone. */
    public static void require(String what, long[] shape, long... expected) {
        boolean fits = shape.length == expected.length;
        for (int i = 0; fits && i < shape.length; i++) {
            fits = expected[i] == ANY || expected[i] == shape[i];
        }
        if (!fits) {
            throw new InputException(Words.of("%s: expected shape %s, got %s.", what, text(expected), text(shape)));
        }
    }

    public static void requireEqual(String what, Tensor one, Tensor other) {
        if (!Arrays.equals(one.shape(), other.shape())) {
            throw new InputException(
                    Words.of("%s: shapes differ, %s and %s.", what, text(one.shape()), text(other.shape())));
        }
    }

    /** {@code [16, 3, *, *]}. */
    public static String text(long... shape) {
        return Arrays.toString(shape).replace("-1", "*");
    }
}
