package io.inkstone.weights;

import io.inkstone.InputException;
import io.inkstone.NearestName;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what a network expects with what a file holds, by name and shape, before anything is loaded: nothing is ever
 * half loaded, broadcast or resized.
 */
public final class StrictMatch {
    /** The counter of batch normalisation; no computation of ours needs it, so files may lack it. */
    public static final String OPTIONAL = "num_batches_tracked";

    private static final int LISTED = 12;
    private static final int COMPARED = 2000;

    private StrictMatch() {}

    /**
     * Returns the tensors in the order of {@code expected}.
     *
     * @param expected shapes by name
     * @throws InputException naming everything that is missing, unexpected or of another shape, in one message
     */
    public static Map<String, NdArray> check(Map<String, long[]> expected, WeightSet set) {
        Map<String, NdArray> matched = new LinkedHashMap<>();
        names(expected, set.shapes())
                .forEach(name -> matched.put(name, set.tensors().get(name)));
        return matched;
    }

    /**
     * Returns the names that both have, in the order of {@code expected}.
     *
     * @param expected shapes by name
     * @param given shapes by name
     * @throws InputException as {@link #check}
     */
    public static List<String> names(Map<String, long[]> expected, Map<String, long[]> given) {
        List<String> matched = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<String> shapes = new ArrayList<>();
        expected.forEach((name, shape) -> {
            long[] seen = given.get(name);
            if (seen == null) {
                if (!isOptional(name)) {
                    missing.add(name);
                }
            } else if (!Arrays.equals(shape, seen)) {
                shapes.add(Words.of("%s is %s, expected %s", name, Arrays.toString(seen), Arrays.toString(shape)));
            } else {
                matched.add(name);
            }
        });
        List<String> unexpected = given.keySet().stream()
                .filter(name -> !expected.containsKey(name) && !isOptional(name))
                .toList();
        if (!missing.isEmpty() || !unexpected.isEmpty() || !shapes.isEmpty()) {
            throw new InputException(message(expected.size(), missing, unexpected, shapes));
        }
        return matched;
    }

    private static boolean isOptional(String name) {
        return name.equals(OPTIONAL) || name.endsWith("." + OPTIONAL);
    }

    private static String message(int all, List<String> missing, List<String> unexpected, List<String> shapes) {
        List<String> candidates = unexpected.subList(0, Math.min(COMPARED, unexpected.size()));
        List<String> nearest = new ArrayList<>();
        for (int i = 0; i < missing.size(); i++) {
            String name = missing.get(i);
            nearest.add(
                    i >= LISTED
                            ? name
                            : name
                                    + NearestName.of(name, candidates)
                                            .map(near -> " (the file has " + near + ")")
                                            .orElse(""));
        }
        StringBuilder text = new StringBuilder(
                Words.of("The weights do not fit the network of %d tensors: nothing was loaded.", all));
        section(text, "missing", nearest);
        section(text, "unexpected", unexpected);
        section(text, "of another shape", shapes);
        return text.append("\nCheck the recipe and its sizes against the file (inkstone inspect).")
                .toString();
    }

    private static void section(StringBuilder text, String kind, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append("\n").append(lines.size()).append(" ").append(kind).append(": ");
            text.append(String.join("; ", lines.subList(0, Math.min(LISTED, lines.size()))));
            if (lines.size() > LISTED) {
                text.append("; and ").append(lines.size() - LISTED).append(" more");
            }
        }
    }
}
