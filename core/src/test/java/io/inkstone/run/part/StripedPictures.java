package io.inkstone.run.part;

import io.inkstone.Words;
import io.inkstone.condition.Condition;
import io.inkstone.image.PictureFile;
import io.inkstone.image.PixelRange;
import io.inkstone.image.Pixels;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Two captioned pictures of 32×32. */
final class StripedPictures {
    private static final int SIDE = 32;

    private StripedPictures() {}

    /** As a folder. */
    static Path write(Path folder) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 2; i++) {
            PictureFile.write(folder.resolve(i + ".png"), picture(i), Map.of());
            lines.append(Words.of("{\"file_name\": \"%d.png\", \"text\": \"%s\"}%n", i, caption(i)));
        }
        Files.writeString(folder.resolve("metadata.jsonl"), lines);
        return folder;
    }

    private static String caption(int number) {
        return Words.of("stripes number %d", number);
    }

    private static Pixels picture(int number) {
        byte[] values = new byte[3 * SIDE * SIDE];
        for (int k = 0; k < values.length; k++) {
            values[k] = (byte) (k * (number + 3));
        }
        return new Pixels(SIDE, SIDE, 3, values);
    }

    /** As a batch, of the open scope. */
    static Batch batch() {
        float[] values = PixelRange.SYMMETRIC.toModel(List.of(picture(0), picture(1)));
        return new Batch(
                Tensors.of(values, 2, 3, SIDE, SIDE),
                List.of(Condition.text(caption(0)), Condition.text(caption(1))),
                true);
    }
}
