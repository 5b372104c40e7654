package io.inkstone.bench;

import io.inkstone.data.BatchPlan;
import io.inkstone.data.DataSet;
import io.inkstone.data.PackedCache;
import io.inkstone.data.Preparation;
import io.inkstone.data.PreparedSet;
import io.inkstone.data.Transform;
import io.inkstone.data.source.DataSource;
import io.inkstone.image.PixelRange;
import io.inkstone.image.Pixels;
import io.inkstone.image.Resize;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.BatchSource;
import io.inkstone.train.LoadedBatches;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/** Pictures from files to batches: the embedded faces as JPEG files in CelebA's size, cropped, shrunk and shuffled. */
final class Jpegs {
    /** Pictures of an epoch. */
    static final int COUNT = 1000;

    private static final int WIDTH = 178;
    private static final int HEIGHT = 218;
    private static final int BATCH = 16;
    private static final Transform TRANSFORM = new Transform(OptionalInt.of(168), 64, 3);

    private Jpegs() {}

    static void write(Path folder) throws IOException {
        Path jpegs = Files.createDirectories(folder.resolve("jpegs"));
        try (DataSet faces = DataSource.open("faces")) {
            for (int i = 0; i < COUNT; i++) {
                Pixels face = Resize.to(faces.train().pixels(i % faces.train().count()), WIDTH, HEIGHT);
                BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
                for (int y = 0; y < HEIGHT; y++) {
                    for (int x = 0; x < WIDTH; x++) {
                        int at = (y * WIDTH + x) * 3;
                        byte[] data = face.data();
                        image.setRGB(x, y, (data[at] & 255) << 16 | (data[at + 1] & 255) << 8 | data[at + 2] & 255);
                    }
                }
                ImageIO.write(
                        image, "jpg", jpegs.resolve("%06d.jpg".formatted(i)).toFile());
            }
        }
    }

    static void measure(Path folder) throws IOException {
        Map<String, double[]> results = new TreeMap<>();
        Path packed = folder.resolve("packed.inkdata");
        try (DataSet files = DataSource.open(folder.resolve("jpegs"))) {
            PackedCache.write(packed, Preparation.of(TRANSFORM).prepare(files.train()), "bench", done -> {});
        }
        Conversation.Work first = Conversation.Work.of(() -> {
            try (DataSet files = DataSource.open(folder.resolve("jpegs"))) {
                results.put("first", epoch(Preparation.of(TRANSFORM).prepare(files.train())));
            }
        });
        try (PackedCache cache = PackedCache.open(packed)) { // open all the time, as in a training
            new Conversation("files opened anew each time, the cache once")
                    .task("first", first)
                    .task("cached", Conversation.Work.of(() -> results.put("cached", epoch(cache))))
                    .hold(results);
        }
    }

    /** The mean over all pictures. */
    private static double[] epoch(PreparedSet set) {
        LoadedBatches loaded =
                new LoadedBatches(set, BatchPlan.training(BATCH, 0).withEpochs(1), PixelRange.UNIT, ComputeDevice.CPU);
        double sum = 0;
        try (BatchSource.Batches batches = loaded.open(0, 0)) {
            while (batches.hasNext()) {
                try (Scope scope = Scope.open()) {
                    Batch batch = batches.next();
                    sum += Tensors.toDouble(batch.pictures().mean()) * batch.size();
                }
            }
        }
        return new double[] {sum / set.count()};
    }
}
