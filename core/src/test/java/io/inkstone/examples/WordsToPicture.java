package io.inkstone.examples;

import io.inkstone.image.Size;
import io.inkstone.studio.Studio;
import io.inkstone.wish.DrawWish;
import io.inkstone.wish.SamplingWish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Words to a picture. The text below the imports stands in docs/stable-diffusion.md, word for word. */
public final class WordsToPicture {
    private WordsToPicture() {}

    // docs: begin
    /** Draws a picture of {@code words} from a run, or from a folder or file of Stable Diffusion. */
    public static Path draw(Path model, String words, Size size, Path file) throws IOException {
        SamplingWish way = SamplingWish.builder()
                .steps(2) // 25 or more for pictures
                .guidance(7.5)
                .build();
        DrawWish wish = DrawWish.builder()
                .prompt(words)
                .size(size)
                .count(1)
                .sampling(way)
                .build();
        try (Studio studio = Studio.open(model)) {
            return Files.write(file, studio.draw(wish).png(0));
        }
    }
    // docs: end

    public static void main(String[] words) throws IOException {
        System.out.println(draw(Path.of(words[0]), words[1], Size.square(512), Path.of(words[2])));
    }
}
