package io.inkstone.data.source;

import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Makes small files for tests. */
final class TestPictures {
    private TestPictures() {}

    static void png(Path file, int width, int height, int colour) throws IOException {
        Files.createDirectories(file.getParent());
        PictureFile.write(file, Pixels.filled(width, height, colour));
    }

    /** IDX bytes: a header of magic and sizes, then 0, 1, 2, … */
    static byte[] idx(int magic, int... dims) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(magic);
        int count = 1;
        for (int dim : dims) {
            out.writeInt(dim);
            count *= dim;
        }
        for (int i = 0; i < count; i++) {
            out.write(i);
        }
        return bytes.toByteArray();
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
