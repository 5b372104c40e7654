package io.inkstone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.image.PictureFile;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.TinyRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the documentation runs. */
class DrawFromARunTest {
    @TempDir
    Path folder;

    @Test
    void drawsAPictureOfEachClass() throws Exception {
        // Two steps of a narrow network: enough for a checkpoint.
        Path run = TinyRun.train(Recipes.load("sprites", List.of("model.width=8")), folder.resolve("run"), 2);
        List<Path> files = DrawFromARun.draw(run, folder.resolve("pictures"));
        assertThat(files).hasSize(5);
        for (Path file : files) {
            assertThat(PictureFile.read(file).width()).isEqualTo(16);
        }
    }
}
