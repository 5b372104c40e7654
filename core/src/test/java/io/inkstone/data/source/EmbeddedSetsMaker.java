package io.inkstone.data.source;

import io.inkstone.data.DataSet;
import io.inkstone.data.Entry;
import io.inkstone.data.Order;
import io.inkstone.data.PictureSet;
import io.inkstone.data.PreparedSet;
import io.inkstone.data.Transform;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Made the sets in {@code src/main/resources/io/inkstone/data}; kept so that anyone can make them again. Arguments: the
 * folder of avatars16, that of faces64, that of Fashion-MNIST's IDX files, the folder to write to. The choice is the start
 * of {@link Order#shuffled} with the seed below, put back into the order of the source.
 */
public final class EmbeddedSetsMaker {
    private static final long SEED = 20261121;
    private static final int FASHION_TRAIN_PER_CLASS = 800;
    private static final int FASHION_TEST_PER_CLASS = 200;
    private static final int FACES_TRAIN = 900;
    private static final int FACES_TEST = 100;

    private EmbeddedSetsMaker() {}

    public static void main(String[] folders) throws IOException {
        Path out = Path.of(folders[3]);
        avatars(Path.of(folders[0]), Files.createDirectories(out.resolve("avatars")));
        faces(Path.of(folders[1]), Files.createDirectories(out.resolve("faces")));
        fashion(Path.of(folders[2]), Files.createDirectories(out.resolve("fashion-mnist")));
    }

    private static void avatars(Path from, Path to) throws IOException {
        gzip(to.resolve("pictures.npy.gz"), Files.readAllBytes(from.resolve("avatars_4000_16x16.npy")));
        gzip(to.resolve("labels.npy.gz"), Files.readAllBytes(from.resolve("avatar_labels_4000_16x16.npy")));
    }

    private static void fashion(Path from, Path to) throws IOException {
        try (DataSet all = DataSource.open(from)) {
            balanced((PreparedSet) all.train(), FASHION_TRAIN_PER_CLASS, to, "train");
            balanced((PreparedSet) all.test().orElseThrow(), FASHION_TEST_PER_CLASS, to, "t10k");
        }
    }

    private static void balanced(PreparedSet set, int perClass, Path to, String part) throws IOException {
        int[] seen = new int[10];
        int[] chosen = Arrays.stream(Order.shuffled(SEED).indices(set.count(), 0))
                .filter(index -> seen[label(set, index)]++ < perClass)
                .sorted()
                .toArray();
        ByteArrayOutputStream pictures = new ByteArrayOutputStream();
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        header(pictures, 0x803, chosen.length, set.height(), set.width());
        header(labels, 0x801, chosen.length);
        for (int index : chosen) {
            pictures.write(set.pixels(index).data());
            labels.write(label(set, index));
        }
        gzip(to.resolve(part + "-images-idx3-ubyte.gz"), pictures.toByteArray());
        gzip(to.resolve(part + "-labels-idx1-ubyte.gz"), labels.toByteArray());
    }

    private static int label(PictureSet set, int index) {
        float[] context = set.entry(index).context();
        int label = 0;
        while (context[label] != 1) {
            label++;
        }
        return label;
    }

    private static void header(OutputStream to, int... words) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        for (int word : words) {
            out.writeInt(word);
        }
    }

    private static void faces(Path from, Path to) throws IOException {
        StringBuilder lines = new StringBuilder();
        try (DataSet all = DataSource.open(from);
                ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(to.resolve("faces.zip")))) {
            zip.setMethod(ZipOutputStream.STORED); // JPEG files do not shrink
            lines.append(String.join(" ", all.info().classes())).append('\n');
            faces(all.train(), FACES_TRAIN, "train/", zip, lines);
            faces(all.test().orElseThrow(), FACES_TEST, "test/", zip, lines);
        }
        Files.writeString(to.resolve("attributes.txt"), lines);
    }

    private static void faces(PictureSet set, int count, String folder, ZipOutputStream zip, StringBuilder lines)
            throws IOException {
        Transform crop = new Transform(OptionalInt.of(168), 64, 3);
        int[] chosen = Arrays.stream(Order.shuffled(SEED).indices(set.count(), 0))
                .limit(count)
                .sorted()
                .toArray();
        for (int index : chosen) {
            Entry entry = set.entry(index);
            store(
                    zip,
                    folder + entry.name().replaceFirst(".*/", ""),
                    jpeg(crop.apply(set.pixels(index), entry.name())));
            for (float value : entry.context()) {
                lines.append((int) value);
            }
            lines.append('\n');
        }
    }

    private static byte[] jpeg(Pixels pixels) throws IOException {
        Path file = Files.createTempFile("face", ".jpg");
        PictureFile.write(file, pixels);
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        return bytes;
    }

    private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0); // so that the same input gives the same file
        entry.setSize(bytes.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    private static void gzip(Path file, byte[] bytes) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file)) {
            {
                def.setLevel(9);
            }
        }) {
            out.write(bytes);
        }
    }
}
