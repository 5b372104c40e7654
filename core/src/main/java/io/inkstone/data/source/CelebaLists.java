package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The two lists of CelebA, which other face sets copy: attributes and partition, a line a file name; as text files of the
 * authors or as tables with commas, beside JPEG files or their PNG edition.
 */
final class CelebaLists {
    static final String ATTRIBUTES = "list_attr_celeba";
    static final String PARTITION = "list_eval_partition";
    private static final Set<String> READ =
            Set.of(ATTRIBUTES + ".txt", ATTRIBUTES + ".csv", PARTITION + ".txt", PARTITION + ".csv");

    private CelebaLists() {}

    /** Whether the attributes lie in this place itself, so that all pictures below are one set. */
    static boolean isAt(Origin origin) {
        return Stream.of(".txt", ".csv")
                .anyMatch(ending -> Files.isRegularFile(origin.root().resolve(ATTRIBUTES + ending)));
    }

    static boolean isList(Path file) {
        return READ.contains(Folders.name(file));
    }

    private static Optional<NamedRows> rows(Origin origin, String name) throws IOException {
        Optional<Path> list = origin.list(name + ".txt").or(() -> origin.list(name + ".csv"));
        return list.isEmpty() ? Optional.empty() : Optional.of(NamedRows.read(list.get(), name.equals(PARTITION)));
    }

    /** The attributes of {@code files}, where there is a list of them: 1 or −1 for each name, which become 1 and 0. */
    static Optional<Labels> attributes(Origin origin, List<Path> files) throws IOException {
        Optional<NamedRows> list = rows(origin, ATTRIBUTES);
        if (list.isEmpty()) {
            return Optional.empty();
        }
        NamedRows rows = list.get();
        float[][] contexts = new float[files.size()][];
        for (int i = 0; i < contexts.length; i++) {
            NamedRows.Row row = rows.of(files.get(i));
            contexts[i] = new float[row.values().size()];
            for (int k = 0; k < contexts[i].length; k++) {
                contexts[i][k] = attribute(row.values().get(k), rows.file(), row.line());
            }
        }
        return Optional.of(new Labels(rows.columns(), false, contexts));
    }

    private static float attribute(String word, Path list, int line) {
        return switch (word) {
            case "1" -> 1;
            case "-1", "0" -> 0;
            default ->
                throw new InputException(
                        Words.of("%s, line %d: an attribute is 1 or -1, got \"%s\".", list, line, word));
        };
    }

    /** The indices of training, validation and test pictures: numbers 0, 1 and 2 of the list, where there is one. */
    static Optional<int[][]> partition(Origin origin, List<Path> files) throws IOException {
        Optional<NamedRows> list = rows(origin, PARTITION);
        if (list.isEmpty()) {
            return Optional.empty();
        }
        NamedRows rows = list.get();
        int[] of = files.stream().mapToInt(file -> part(rows, rows.of(file))).toArray();
        int[][] parts = IntStream.range(0, 3)
                .mapToObj(part ->
                        IntStream.range(0, of.length).filter(i -> of[i] == part).toArray())
                .toArray(int[][]::new);
        if (parts[0].length == 0) {
            throw new InputException(Words.of(
                    "%s puts none of the %d pictures into the training part (0): %s.",
                    rows.file(),
                    of.length,
                    Arrays.toString(Arrays.stream(of).distinct().toArray())));
        }
        return Optional.of(parts);
    }

    private static int part(NamedRows rows, NamedRows.Row row) {
        String word = row.values().size() == 1 ? row.values().get(0) : "";
        if (!word.matches("[012]")) {
            throw new InputException(Words.of(
                    "%s, line %d: a file name and 0, 1 or 2 were expected, got \"%s\".",
                    rows.file(), row.line(), String.join(" ", row.values())));
        }
        return Integer.parseInt(word);
    }
}
