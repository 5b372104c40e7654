package io.inkstone.data.source;

import io.inkstone.data.DataInfo;
import io.inkstone.data.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The contexts of a set.
 *
 * @param names what the entries of a context are called, c of them
 * @param exclusive one-hot classes, otherwise independent attributes in [0, 1]
 * @param contexts [count][c]; rows of one class share their vector
 */
record Labels(List<String> names, boolean exclusive, float[][] contexts) {

    /** No labels: contexts of length 0. */
    static Labels none(int count) {
        float[][] contexts = new float[count][];
        Arrays.fill(contexts, Entry.of("").context());
        return new Labels(List.of(), true, contexts);
    }

    /** One class a picture, each in [0, names.size()). */
    static Labels ofClasses(int[] classes, List<String> names) {
        // Only of classes that pictures have: a single 99999 among numbers makes a hundred thousand classes.
        float[][] vectors = new float[names.size()][];
        float[][] contexts = new float[classes.length][];
        for (int i = 0; i < classes.length; i++) {
            int of = classes[i];
            if (vectors[of] == null) {
                vectors[of] = Entry.oneHot(of, vectors.length);
            }
            contexts[i] = vectors[of];
        }
        return new Labels(names, true, contexts);
    }

    /** One class a picture by its name; classes stand by the alphabet, or from 0 on where all names are whole numbers. */
    static Labels ofNames(List<String> of) {
        boolean numbers = of.stream().allMatch(name -> name.matches("\\d{1,5}"));
        List<String> names = numbers
                ? numbered(1 + of.stream().mapToInt(Integer::parseInt).max().orElse(0))
                : List.copyOf(new TreeSet<>(of));
        Map<String, Integer> places = new HashMap<>();
        for (int k = 0; k < names.size(); k++) {
            places.put(names.get(k), k);
        }
        return ofClasses(
                of.stream()
                        .mapToInt(name -> places.get(numbers ? Integer.toString(Integer.parseInt(name)) : name))
                        .toArray(),
                names);
    }

    /** Names 0, 1, … for classes without names. */
    static List<String> numbered(int count) {
        List<String> names = new ArrayList<>(count);
        for (int k = 0; k < count; k++) {
            names.add(Integer.toString(k));
        }
        return names;
    }

    DataInfo describe(DataInfo info) {
        return exclusive ? info.withClasses(names) : info.withAttributes(names);
    }
}
