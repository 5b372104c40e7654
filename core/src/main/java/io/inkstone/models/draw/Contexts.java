package io.inkstone.models.draw;

import io.inkstone.Counted;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.tensor.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Conditions of several pictures: rows of classes, of an array, of a way. */
public final class Contexts {
    private Contexts() {}

    /**
     * A row a class: the first {@code columns} pictures have the first class that is shown, and so on; the last class takes
     * the rest.
     *
     * @param shown places of the classes among {@code classes}; empty for pictures without
     */
    public static List<Condition> grid(List<Integer> shown, int classes, int columns, int count) {
        List<Condition> rows = new ArrayList<>();
        for (int i = 0; i < count && !shown.isEmpty(); i++) {
            rows.add(Condition.oneOf(shown.get(Math.min(shown.size() - 1, i / columns)), classes));
        }
        return rows;
    }

    /** An array [N, c], or [1, c] for all. */
    public static List<Condition> rows(NdArray array, int count) {
        long[] shape = array.shape();
        if (shape.length != 2) {
            throw new InputException("A context array must have shape [N, c], got " + Arrays.toString(shape) + ".");
        }
        float[] values = array.toFloats();
        int size = (int) shape[1];
        List<Condition> rows = new ArrayList<>();
        for (int i = 0; i < shape[0]; i++) {
            rows.add(Condition.classes(Arrays.copyOfRange(values, i * size, (i + 1) * size)));
        }
        return spread(rows, count, "context");
    }

    /**
     * From one context to another, both included.
     *
     * @param from [c]
     * @param to [c]
     * @param count rows in all, 2 or more
     */
    public static List<Condition> between(float[] from, float[] to, Interpolation way, int count) {
        Shapes.require("The context at the end of the way", new long[] {to.length}, from.length);
        float[] both = Arrays.copyOf(from, 2 * from.length);
        System.arraycopy(to, 0, both, from.length, from.length);
        return rows(way.between(NdArray.of(both, 2, from.length), count), count);
    }

    /** One for all pictures, or one each. */
    public static List<Condition> spread(List<Condition> rows, int count, String what) {
        if (rows.size() == 1) {
            return Collections.nCopies(count, rows.get(0));
        }
        if (rows.size() != count) {
            throw new InputException(Words.of(
                    "%s for %s: give one for each, or one for all.",
                    Counted.of(rows.size(), what), Counted.of(count, "picture")));
        }
        return rows;
    }
}
