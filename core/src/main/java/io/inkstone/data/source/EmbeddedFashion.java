package io.inkstone.data.source;

import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Reads the embedded part of Fashion-MNIST: gzip IDX files, named and laid out like the whole set. */
final class EmbeddedFashion {
    private EmbeddedFashion() {}

    static DataSet open(String name, String note) {
        return new DataSet(part(name, "train", note), Optional.empty(), Optional.of(part(name, "t10k", note)));
    }

    private static PictureSet part(String name, String part, String note) {
        IdxFile pictures = file(part + "-images-idx3-ubyte.gz", 3);
        byte[] numbers = file(part + "-labels-idx1-ubyte.gz", 1).data().array();
        int[] classes = new int[numbers.length];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = numbers[i];
        }
        Labels labels = Labels.ofClasses(classes, IdxNames.FASHION);
        ArrayPictures set = IdxPictures.pictures(name, pictures, labels, false);
        return set.withInfo(set.info().withNote(note));
    }

    private static IdxFile file(String name, int dimensions) {
        try (InputStream in = Embedded.stream("fashion-mnist/" + name)) {
            return IdxFile.read(in, name, dimensions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
