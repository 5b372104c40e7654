package io.inkstone.cli;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.data.Entry;
import io.inkstone.data.Order;
import io.inkstone.data.PictureSet;
import io.inkstone.data.Transform;
import io.inkstone.data.source.DataOptions;
import io.inkstone.data.source.DataSource;
import io.inkstone.image.Pixels;
import io.inkstone.image.Sheet;
import java.util.ArrayList;
import java.util.List;

/** The first pictures of a shuffled epoch, as a model will see them; those that cannot be used are left out. */
final class BatchSheet {
    private static final int COLUMNS = 4;
    private static final int PICTURES = COLUMNS * COLUMNS;
    private static final int SIDE_OF_MIXED_SIZES = 64;

    private BatchSheet() {}

    static Pixels of(String path, PictureFormOptions form, DataOptions options) {
        try (DataSet set = DataSource.open(path, options)) {
            boolean mixed = form.keepsSides() && set.info().size().isEmpty();
            Transform transform = mixed ? form.fit(set.info(), SIDE_OF_MIXED_SIZES) : form.fit(set.info());
            return drawn(set.train(), transform);
        }
    }

    private static Pixels drawn(PictureSet set, Transform transform) {
        List<Pixels> pictures = new ArrayList<>();
        List<String> captions = new ArrayList<>();
        for (int index : Order.shuffled(0).indices(set.count(), 0)) {
            if (pictures.size() == PICTURES) {
                break;
            }
            try {
                Entry entry = set.entry(index);
                pictures.add(transform.apply(set.pixels(index), entry.name()));
                captions.add(caption(entry, set.info()));
            } catch (InputException damaged) {
                // Named in the inspection.
            }
        }
        if (pictures.isEmpty()) {
            throw new InputException(Words.of(
                    "None of the %d pictures can be drawn: see what data inspect says without --out.", set.count()));
        }
        Sheet sheet = Sheet.of(pictures, COLUMNS);
        return (captions.stream().allMatch(String::isEmpty) ? sheet : sheet.withCaptions(captions)).draw();
    }

    /** The caption, or the name of the class. */
    private static String caption(Entry entry, DataInfo info) {
        if (info.captioned() || !info.exclusive()) {
            return entry.caption();
        }
        for (int i = 0; i < entry.context().length; i++) {
            if (entry.context()[i] > 0.5) {
                return info.classes().get(i);
            }
        }
        return "";
    }
}
