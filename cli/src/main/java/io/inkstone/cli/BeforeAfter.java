package io.inkstone.cli;

import io.inkstone.image.Pixels;
import io.inkstone.image.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Versions of the same pictures one above the other: a sheet of rows that are named by version. */
final class BeforeAfter {
    private static final int COLUMNS = 8;

    private BeforeAfter() {}

    /** @param versions by name from top to bottom, each as many pictures */
    static Sheet sheet(Map<String, List<Pixels>> versions) {
        int count = versions.values().iterator().next().size();
        int columns = Math.min(count, COLUMNS);
        List<Pixels> all = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (int from = 0; from < count; from += columns) {
            int to = Math.min(count, from + columns);
            int first = from;
            versions.forEach((name, pictures) -> {
                all.addAll(padded(pictures.subList(first, to), columns));
                words.add(name);
            });
        }
        return Sheet.of(all, columns).withRowLabels(words);
    }

    /** A last, short row is filled up with white, so that rows stay rows. */
    private static List<Pixels> padded(List<Pixels> row, int columns) {
        List<Pixels> full = new ArrayList<>(row);
        while (full.size() < columns) {
            Pixels like = row.get(0);
            full.add(Pixels.filled(like.width(), like.height(), 0xFFFFFF).withChannels(like.channels()));
        }
        return full;
    }
}
