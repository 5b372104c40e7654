package io.inkstone.measure;

import io.inkstone.data.PreparedSet;
import io.inkstone.evaluate.NearestTraining;
import io.inkstone.image.Pixels;
import io.inkstone.image.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Pictures above the training pictures nearest to them, with the distances; those that lie nearest of all come first.
 *
 * @param pictures that were looked at
 * @param nearest to each
 * @param training where they were found
 */
record CopySheet(List<Pixels> pictures, NearestTraining nearest, PreparedSet training) {
    private static final int COLUMNS = 8;
    private static final int SHOWN = 4 * COLUMNS;

    Pixels draw() {
        int columns = Math.min(COLUMNS, pictures.size());
        List<Integer> order = nearest.order().subList(0, Math.min(SHOWN, pictures.size()) / columns * columns);
        List<Pixels> all = new ArrayList<>();
        List<String> captions = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        for (int from = 0; from < order.size(); from += columns) {
            List<Integer> row = order.subList(from, from + columns);
            for (int i : row) {
                all.add(pictures.get(i));
                captions.add(String.format(Locale.ROOT, "%.4f", nearest.distances()[i]));
            }
            for (int i : row) {
                Pixels found = training.pixels(nearest.indices()[i]);
                all.add(nearest.mirrored()[i] ? found.mirrored() : found);
                captions.add("#" + nearest.indices()[i] + (nearest.mirrored()[i] ? " mirrored" : ""));
            }
            rows.addAll(List.of("picture", "nearest"));
        }
        return Sheet.of(all, columns).withRowLabels(rows).withCaptions(captions).draw();
    }
}
