package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The two text files of CelebA, which other face sets copy: attributes and partition, a line a file name. */
final class CelebaLists {
    static final String ATTRIBUTES = "list_attr_celeba.txt";
    static final String PARTITION = "list_eval_partition.txt";

    private CelebaLists() {}

    /**
     * Reads the attributes of {@code files}: a line with the count, one with the names, then a line a picture with 1 or
     * −1 for each name, which become 1 and 0.
     */
    static Labels attributes(Path list, List<Path> files) throws IOException {
        String[] lines = Origin.text(list).split("\\R");
        if (lines.length < 2) {
            throw new InputException(
                    list + " is cut short: a count, a line of names and a line a picture were expected.");
        }
        List<String> names = List.of(lines[1].strip().split("\\s+"));
        Map<String, float[]> rows = new HashMap<>();
        for (int i = 2; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                String[] words = lines[i].strip().split("\\s+");
                rows.put(words[0], row(list, i + 1, words, names.size()));
            }
        }
        float[][] contexts = new float[files.size()][];
        for (int i = 0; i < contexts.length; i++) {
            contexts[i] = find(rows, files.get(i), list);
        }
        return new Labels(names, false, contexts);
    }

    private static float[] row(Path list, int line, String[] words, int count) {
        if (words.length != count + 1) {
            throw new InputException(Words.of(
                    "%s, line %d: %d names, but %d values for %s.", list, line, count, words.length - 1, words[0]));
        }
        float[] row = new float[count];
        for (int k = 0; k < count; k++) {
            row[k] = switch (words[k + 1]) {
                case "1" -> 1;
                case "-1", "0" -> 0;
                default ->
                    throw new InputException(
                            Words.of("%s, line %d: an attribute is 1 or -1, got \"%s\".", list, line, words[k + 1]));
            };
        }
        return row;
    }

    /** The indices of training, validation and test pictures: numbers 0, 1 and 2 of the list. */
    static int[][] partition(Path list, List<Path> files) throws IOException {
        Map<String, Integer> parts = new HashMap<>();
        String[] lines = Origin.text(list).split("\\R");
        for (int i = 0; i < lines.length; i++) {
            String[] words = lines[i].strip().split("\\s+");
            if (lines[i].isBlank()) {
                continue;
            }
            if (words.length != 2 || !words[1].matches("[012]")) {
                throw new InputException(Words.of(
                        "%s, line %d: a file name and 0, 1 or 2 were expected, got \"%s\".",
                        list, i + 1, lines[i].strip()));
            }
            parts.put(words[0], Integer.valueOf(words[1]));
        }
        int[] of = files.stream().mapToInt(file -> find(parts, file, list)).toArray();
        return IntStream.range(0, 3)
                .mapToObj(part ->
                        IntStream.range(0, of.length).filter(i -> of[i] == part).toArray())
                .toArray(int[][]::new);
    }

    private static <T> T find(Map<String, T> rows, Path file, Path list) {
        T row = rows.get(file.getFileName().toString());
        if (row == null) {
            throw new InputException(Words.of(
                    "%s lies among the pictures, but %s has no line for it; complete the list or move it away.",
                    file, list));
        }
        return row;
    }
}
