package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import java.util.Arrays;
import java.util.List;

/** Reads labels from a .npy: one-hot or attribute rows [N, c] of any type, or class numbers [N]. */
final class NpyLabels {
    private static final int MOST_CLASSES = 100_000;

    private NpyLabels() {}

    /** Reads {@code array}, named {@code name} in messages; the names are {@code classes}, or numbers if that is empty. */
    static Labels of(NdArray array, String name, List<String> classes) {
        long[] shape = array.shape();
        boolean numbers = shape.length == 1
                || (shape.length == 2 && shape[1] == 1 && !array.type().isFloat());
        if (numbers) {
            return numbers(array, name, classes);
        }
        if (shape.length != 2) {
            throw new InputException(Words.of(
                    "%s has shape %s; labels are one-hot [N, c] or class numbers [N].", name, Arrays.toString(shape)));
        }
        return rows(array, name, classes);
    }

    private static Labels numbers(NdArray array, String name, List<String> names) {
        double[] values = array.toDoubles();
        int[] classes = new int[values.length];
        int highest = -1;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != Math.rint(values[i]) || values[i] < 0 || values[i] >= MOST_CLASSES) {
                throw new InputException(
                        Words.of("%s: row %d is %s; class numbers are whole and start at 0.", name, i, values[i]));
            }
            classes[i] = (int) values[i];
            highest = Math.max(highest, classes[i]);
        }
        List<String> known = !names.isEmpty() ? names : Labels.numbered(highest + 1);
        if (known.size() <= highest) {
            throw new InputException(
                    Words.of("%s has class %d, but classes.txt names only %d classes.", name, highest, known.size()));
        }
        return Labels.ofClasses(classes, known);
    }

    private static Labels rows(NdArray array, String name, List<String> names) {
        int count = (int) array.shape()[0];
        int width = (int) array.shape()[1];
        float[] values = array.toFloats();
        float[][] contexts = new float[count][];
        int[] classes = new int[count];
        boolean oneHot = true;
        for (int i = 0; i < count; i++) {
            contexts[i] = Arrays.copyOfRange(values, i * width, (i + 1) * width);
            checkRow(contexts[i], name, i);
            classes[i] = onlyOne(contexts[i]);
            oneHot &= classes[i] >= 0;
        }
        List<String> known = !names.isEmpty() ? names : Labels.numbered(width);
        if (known.size() != width) {
            throw new InputException(Words.of(
                    "%s has %d columns, but classes.txt names %d classes; they must agree.",
                    name, width, known.size()));
        }
        return oneHot ? Labels.ofClasses(classes, known) : new Labels(known, false, contexts);
    }

    private static void checkRow(float[] row, String name, int index) {
        for (float value : row) {
            if (!(value >= 0 && value <= 1)) {
                throw new InputException(Words.of(
                        "%s: row %d holds %s; one-hot labels and attributes lie between 0 and 1.", name, index, value));
            }
        }
    }

    /** The position of the single 1 among zeros, or −1. */
    private static int onlyOne(float[] row) {
        int found = -1;
        for (int k = 0; k < row.length; k++) {
            if (row[k] == 0) {
                continue;
            }
            if (row[k] != 1 || found >= 0) {
                return -1;
            }
            found = k;
        }
        return found;
    }

    /** Class names, a line each; blank lines at the end do not count. */
    static List<String> lines(String text) {
        return text.stripTrailing().lines().map(String::strip).toList();
    }
}
