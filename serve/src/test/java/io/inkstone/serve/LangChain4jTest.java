package io.inkstone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.model.openai.OpenAiImageModel;
import io.inkstone.image.PictureBytes;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LangChain4j's image model as its users build it. */
class LangChain4jTest {
    @TempDir
    static Path data;

    private static Server server;
    private static OpenAiImageModel model;

    @BeforeAll
    static void start() throws Exception {
        server = Server.start(ServeSettings.of(Trained.runs(), data));
        // Query parameters say what the client has no option for.
        model = OpenAiImageModel.builder()
                .baseUrl(server.address() + "/v1")
                .apiKey("none")
                .modelName("tiny")
                .timeout(Duration.ofMinutes(10))
                .customQueryParams(Map.of("steps", "10", "seed", "5"))
                .build();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Pixels picture(Image image) {
        return PictureFile.read(Base64.getDecoder().decode(image.base64Data()), "it");
    }

    @Test
    void generates() {
        Pixels one = picture(model.generate("1").content());
        assertThat(one.width()).isEqualTo(8);
        assertThat(model.generate("1", 2).content()).hasSize(2).first().satisfies(again -> assertThat(picture(again))
                .isEqualTo(one));
    }

    @Test
    void tellsWhatIsWrong() {
        assertThatThrownBy(() -> model.generate("hat")).hasMessageContaining("does not know 'hat'");
    }

    @Test
    void edits() throws Exception {
        Image image = image(PictureBytes.png(Pixels.filled(8, 8, 0x808080), Map.of()));
        assertThat(picture(model.edit(image, "1").content()).width()).isEqualTo(8);
        Image mask = image(OpenAiJavaTest.leftOpen());
        assertThat(picture(model.edit(image, mask, "1").content()).at(7, 0, 0)).isBetween(125, 131);
    }

    private static Image image(byte[] png) {
        return Image.builder()
                .base64Data(Base64.getEncoder().encodeToString(png))
                .mimeType("image/png")
                .build();
    }
}
