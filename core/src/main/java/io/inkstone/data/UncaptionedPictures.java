package io.inkstone.data;

import io.inkstone.image.Background;
import io.inkstone.image.Pixels;
import java.util.List;

/**
 * A set whose captions are passed over.
 *
 * @param base the set with captions
 */
record UncaptionedPictures(PictureSet base) implements PictureSet {
    @Override
    public DataInfo info() {
        return base.info().withoutCaptions();
    }

    @Override
    public Pixels pixels(int index) {
        return base.pixels(index);
    }

    @Override
    public Pixels pixels(int index, Background background) {
        return base.pixels(index, background);
    }

    @Override
    public Entry entry(int index) {
        Entry entry = base.entry(index);
        return new Entry(entry.name(), entry.context(), List.of());
    }

    @Override
    public void close() {
        base.close();
    }
}
