package io.inkstone.models.draw;

import io.inkstone.Counted;
import io.inkstone.InputException;
import io.inkstone.NearestName;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.tensor.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The ways to say in classes what a conditional model should draw. */
public final class Contexts {
    private Contexts() {}

    /** A class per picture, {@code 3,0,7,9} or {@code hat,glasses}; a single one serves all {@code count} pictures. */
    public static List<Condition> labels(String words, List<String> classes, int count) {
        List<Condition> rows = new ArrayList<>();
        for (String word : words.split(",")) {
            rows.add(Condition.oneOf(index(word.strip(), classes), classes.size()));
        }
        return spread(rows, count, "label");
    }

    /** A row a class: the first {@code columns} pictures have the first class, and so on; the last class takes the rest. */
    public static List<Condition> grid(int classes, int columns, int count) {
        List<Condition> rows = new ArrayList<>();
        for (int i = 0; i < count && classes > 0; i++) {
            rows.add(Condition.oneOf(Math.min(classes - 1, i / columns), classes));
        }
        return rows;
    }

    /** One vector for all pictures, a mix such as {@code hat=0.7,glasses=0.3}; a name alone counts 1. */
    public static List<Condition> mix(String words, List<String> classes, int count) {
        float[] row = new float[classes.size()];
        for (String part : words.split(",")) {
            String[] pair = part.strip().split("=", 2);
            row[index(pair[0].strip(), classes)] = pair.length == 1 ? 1 : weight(pair[1].strip());
        }
        return Collections.nCopies(count, Condition.classes(row));
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

    private static List<Condition> spread(List<Condition> rows, int count, String what) {
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

    private static int index(String word, List<String> classes) {
        if (classes.isEmpty()) {
            throw new InputException("This model was trained without classes: leave out --labels and --context.");
        }
        int byName = classes.indexOf(word);
        if (byName >= 0) {
            return byName;
        }
        if (!word.matches("\\d{1,9}")) {
            throw new InputException(Words.of(
                    "There is no class '%s'.%s Known: %s.",
                    word, NearestName.suggestion(word, classes), String.join(", ", classes)));
        }
        int number = Integer.parseInt(word);
        if (number >= classes.size()) {
            throw new InputException(Words.of(
                    "There is no class %d: this model has %d, 0 to %d (%s).",
                    number, classes.size(), classes.size() - 1, String.join(", ", classes)));
        }
        return number;
    }

    private static float weight(String word) {
        try {
            float weight = Float.parseFloat(word);
            if (Float.isFinite(weight)) {
                return weight;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw new InputException("A weight of a class must be a number such as 0.7, got '" + word + "'.");
    }
}
