package io.inkstone.data.source;

import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.data.Entry;
import io.inkstone.data.PictureSet;
import io.inkstone.data.PreparedSet;
import io.inkstone.image.Pixels;
import java.util.List;

/** Sets with more notes than they had. */
final class NotedPictures {
    private NotedPictures() {}

    /** The same set; its training part says {@code notes} too. */
    static DataSet noted(DataSet set, List<String> notes) {
        if (notes.isEmpty()) {
            return set;
        }
        DataInfo info = set.info();
        for (String note : notes) {
            info = info.withNote(note);
        }
        PictureSet train = set.train() instanceof PreparedSet ready
                ? new PreparedNoted(ready, info)
                : new PlainNoted(set.train(), info);
        return new DataSet(train, set.validation(), set.test());
    }

    private record PlainNoted(PictureSet base, DataInfo info) implements PictureSet {
        @Override
        public Pixels pixels(int index) {
            return base.pixels(index);
        }

        @Override
        public Entry entry(int index) {
            return base.entry(index);
        }

        @Override
        public void close() {
            base.close();
        }
    }

    private record PreparedNoted(PreparedSet base, DataInfo info) implements PreparedSet {
        @Override
        public void copy(int index, byte[] into, int offset) {
            base.copy(index, into, offset);
        }

        @Override
        public Entry entry(int index) {
            return base.entry(index);
        }

        @Override
        public int skipped() {
            return base.skipped();
        }

        @Override
        public void close() {
            base.close();
        }
    }
}
