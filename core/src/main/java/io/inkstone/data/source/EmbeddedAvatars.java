package io.inkstone.data.source;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.data.DataSet;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads the embedded avatars: gzipped .npy pictures and one-hot labels. */
final class EmbeddedAvatars {
    private static final long MOST_BYTES = 16 << 20;

    private EmbeddedAvatars() {}

    static DataSet open() {
        NdArray pictures = array("avatars/pictures.npy.gz");
        NdArray rows = array("avatars/labels.npy.gz");
        List<String> names = NpyLabels.lines(Embedded.text("avatars/classes.txt"));
        Labels labels = NpyLabels.of(rows, "avatars/labels.npy", names);
        long[] shape = pictures.shape();
        int length = (int) (shape[1] * shape[2] * shape[3]);
        ArrayPictures.Bytes bytes = NpyPictures.over(pictures.data(), length);
        return DataSet.of(new ArrayPictures("avatars", (int) shape[2], (int) shape[1], (int) shape[3], bytes, labels));
    }

    private static NdArray array(String resource) {
        try (InputStream in =
                new BufferedInputStream(new GZIPInputStream(Embedded.stream(resource), 1 << 16), 1 << 16)) {
            return Npy.read(in, resource, MOST_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
