package io.inkstone.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.output.Response;
import io.inkstone.InputException;
import io.inkstone.image.PictureFile;
import io.inkstone.run.TinyRun;
import io.inkstone.studio.Studio;
import io.inkstone.studio.StudioSettings;
import io.inkstone.wish.DrawWish;
import io.inkstone.wish.SamplingWish;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InkstoneImageModelTest {
    @TempDir
    static Path folder;

    private static Path run;

    @BeforeAll
    static void train() throws Exception {
        Path data = TinyRun.data(Files.createDirectory(folder.resolve("data")));
        run = TinyRun.train(TinyRun.recipe(data), folder.resolve("run"), 5);
    }

    private static byte[] png(Image image) {
        return Base64.getDecoder().decode(image.base64Data());
    }

    @Test
    void drawsWhatTheStudioDraws() {
        SamplingWish four = SamplingWish.builder().steps(4).build();
        try (InkstoneImageModel images =
                        InkstoneImageModel.open(run).withSampling(four).withSeed(7);
                Studio studio = Studio.open(run)) {
            ImageModel model = images;
            Response<List<Image>> response = model.generate("1", 2);
            assertThat(response.metadata()).containsEntry("seeds", List.of(7L, 8L));
            byte[] png = png(response.content().get(1));
            assertThat(PictureFile.read(png, "it").width()).isEqualTo(8);
            DrawWish same = DrawWish.builder()
                    .labels("1")
                    .count(2)
                    .seed(7)
                    .sampling(four)
                    .build();
            assertThat(png).isEqualTo(studio.draw(same).png(1));
        }
    }

    @Test
    void sharesAStudioAndSaysWhatItKnows() {
        try (Studio studio = Studio.of(StudioSettings.DEFAULT);
                InkstoneImageModel one = InkstoneImageModel.of(studio, run);
                InkstoneImageModel other = InkstoneImageModel.of(studio, run)) {
            assertThat(studio.loadedRuns()).isEqualTo(1);
            assertThat(png(one.generate("0").content()))
                    .isNotEqualTo(png(other.generate("0").content()));
            assertThatThrownBy(() -> one.generate("a cat"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("does not know 'a cat'")
                    .hasMessageContaining("It knows:");
        }
    }

    /** What docs/serve.md shows is what this does. */
    @Test
    void thePageShowsIt() throws Exception {
        Path file = folder.resolve("picture.png");
        // docs: begin
        try (InkstoneImageModel images = InkstoneImageModel.open(run)) {
            Image picture = images.generate("1").content();
            Files.write(file, Base64.getDecoder().decode(picture.base64Data()));
        }
        // docs: end
        assertThat(PictureFile.read(Files.readAllBytes(file), "it").width()).isEqualTo(8);
        String own = Files.readString(Path.of("src/test/java/io/inkstone/langchain4j/InkstoneImageModelTest.java"));
        String shown = own.substring(own.indexOf("// docs: begin\n") + 15, own.indexOf("        // docs: end\n"))
                .indent(-8);
        assertThat(Files.readString(Path.of("../../docs/serve.md"))).contains("```java\n" + shown + "```\n");
    }
}
