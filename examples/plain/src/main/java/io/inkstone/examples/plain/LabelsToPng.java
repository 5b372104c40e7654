package io.inkstone.examples.plain;

import io.inkstone.studio.Drawn;
import io.inkstone.studio.Studio;
import io.inkstone.wish.DrawWish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Labels to a PNG: {@code LabelsToPng RUN LABEL FILE.png}. For a model that reads words, {@code prompt} instead of {@code labels}. */
public final class LabelsToPng {
    private LabelsToPng() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            System.err.println("Usage: LabelsToPng RUN LABEL FILE.png");
            System.exit(2);
        }
        draw(Path.of(args[0]), args[1], Path.of(args[2]));
    }

    static void draw(Path run, String label, Path file) throws IOException {
        try (Studio studio = Studio.open(run)) {
            Drawn drawn = studio.draw(
                    DrawWish.builder().labels(label).count(1).seed(7).build());
            Files.write(file, drawn.png(0));
        }
    }
}
