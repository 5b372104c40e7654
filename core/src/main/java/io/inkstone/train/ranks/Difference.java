package io.inkstone.train.ranks;

import io.inkstone.Words;
import java.util.List;

/** Where two texts part, for a sentence. */
final class Difference {
    private Difference() {}

    /** The first line of each that is not the other's, without its indentation: "batch: 32 and batch: 64". */
    static String between(String some, String others) {
        List<String> left = some.lines().toList();
        List<String> right = others.lines().toList();
        int line = 0;
        while (line < left.size() && line < right.size() && left.get(line).equals(right.get(line))) {
            line++;
        }
        return Words.of("%s and %s", line(left, line), line(right, line));
    }

    private static String line(List<String> lines, int at) {
        return at < lines.size() ? lines.get(at).strip() : "nothing";
    }
}
