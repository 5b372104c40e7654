package io.inkstone.data;

import java.util.List;

/** A set whose captions are passed over. */
final class UncaptionedPictures extends PictureView {
    /** @param base the set with captions */
    UncaptionedPictures(PictureSet base) {
        super(base);
    }

    @Override
    public DataInfo info() {
        return base.info().withoutCaptions();
    }

    @Override
    public Entry entry(int index) {
        Entry entry = base.entry(index);
        return new Entry(entry.name(), entry.context(), List.of());
    }
}
