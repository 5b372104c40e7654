package io.inkstone.data;

import io.inkstone.image.Background;
import io.inkstone.image.Pixels;
import java.util.List;

/** A set whose captions are passed over. */
final class UncaptionedPictures extends PictureView {
    /** @param base the set with captions */
    UncaptionedPictures(PictureSet base) {
        super(base);
    }

    /** The same, which is prepared where {@code base} is. */
    static PictureSet of(PictureSet base) {
        return base instanceof PreparedSet ready ? new Prepared(ready) : new UncaptionedPictures(base);
    }

    private static Entry without(Entry entry) {
        return new Entry(entry.name(), entry.context(), List.of());
    }

    @Override
    public DataInfo info() {
        return base.info().withoutCaptions();
    }

    @Override
    public Entry entry(int index) {
        return without(base.entry(index));
    }

    private static final class Prepared extends PreparedView {
        Prepared(PreparedSet base) {
            super(base);
        }

        @Override
        public DataInfo info() {
            return base.info().withoutCaptions();
        }

        @Override
        public Pixels pixels(int index, Background background) {
            return base.pixels(index, background);
        }

        @Override
        public byte[] content(int index) {
            return base.content(index);
        }

        @Override
        public Entry entry(int index) {
            return without(base.entry(index));
        }
    }
}
