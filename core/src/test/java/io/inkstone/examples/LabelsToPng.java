package io.inkstone.examples;

import io.inkstone.studio.Drawn;
import io.inkstone.studio.Studio;
import io.inkstone.wish.DrawWish;
import io.inkstone.wish.SamplingWish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Labels to PNG bytes. The text below the imports stands in docs/use-as-a-library.md, word for word. */
public final class LabelsToPng {
    private LabelsToPng() {}

    // docs: begin
    /** Draws two pictures of a class and writes the first. */
    public static Path draw(Path run, String label, Path file) throws IOException {
        DrawWish wish = DrawWish.builder()
                .labels(label)
                .count(2)
                .seed(7)
                .sampling(SamplingWish.builder().steps(25).build())
                .build();
        try (Studio studio = Studio.open(run)) {
            Drawn drawn = studio.draw(wish);
            return Files.write(file, drawn.png(0)); // or drawn.image(0), a BufferedImage
        }
    }
    // docs: end

    public static void main(String[] words) throws IOException {
        System.out.println(draw(Path.of(words[0]), words[1], Path.of(words[2])));
    }
}
