package io.inkstone.data.source;

import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.PictureView;
import io.inkstone.data.PreparedSet;
import io.inkstone.data.PreparedView;
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

    private static final class PlainNoted extends PictureView {
        private final DataInfo info;

        PlainNoted(PictureSet base, DataInfo info) {
            super(base);
            this.info = info;
        }

        @Override
        public DataInfo info() {
            return info;
        }
    }

    private static final class PreparedNoted extends PreparedView {
        private final DataInfo info;

        PreparedNoted(PreparedSet base, DataInfo info) {
            super(base);
            this.info = info;
        }

        @Override
        public DataInfo info() {
            return info;
        }
    }
}
