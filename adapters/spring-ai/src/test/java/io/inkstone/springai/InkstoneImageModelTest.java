package io.inkstone.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.run.TinyRun;
import io.inkstone.studio.Studio;
import io.inkstone.wish.DrawWish;
import io.inkstone.wish.SamplingWish;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.image.ImageGeneration;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.image.ImageOptions;
import org.springframework.ai.image.ImageOptionsBuilder;
import org.springframework.ai.image.ImagePrompt;

class InkstoneImageModelTest {
    private static final SamplingWish FOUR = SamplingWish.builder().steps(4).build();

    @TempDir
    static Path folder;

    private static Studio studio;
    private static InkstoneImageModel images;

    @BeforeAll
    static void train() throws Exception {
        Path data = TinyRun.data(Files.createDirectory(folder.resolve("data")));
        Path run = TinyRun.train(TinyRun.recipe(data), folder.resolve("run"), 5);
        studio = Studio.open(run);
        images = InkstoneImageModel.of(studio, run).withSampling(FOUR).withSeed(7);
    }

    @AfterAll
    static void close() {
        images.close();
        studio.close();
    }

    @Test
    void drawsWhatTheStudioDraws() {
        ImageModel model = images;
        ImageOptions two = ImageOptionsBuilder.builder().n(2).width(8).height(8).build();
        ImageGeneration second =
                model.call(new ImagePrompt("1", two)).getResults().get(1);
        assertThat(second.getMetadata()).isEqualTo(new InkstoneImageModel.Seed(8));
        DrawWish same =
                DrawWish.builder().labels("1").count(2).seed(7).sampling(FOUR).build();
        assertThat(Base64.getDecoder().decode(second.getOutput().getB64Json()))
                .isEqualTo(studio.draw(same).png(1));
    }

    @Test
    void saysWhatItKnows() {
        assertThatThrownBy(() -> images.call(new ImagePrompt("a cat")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("It knows:");
        ImageOptions wide = ImageOptionsBuilder.builder().width(512).height(8).build();
        assertThatThrownBy(() -> images.call(new ImagePrompt("1", wide))).isInstanceOf(InputException.class);
    }
}
