package io.inkstone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.models.images.ImageCreateVariationParams;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageGenStreamEvent;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.images.ImagesResponse;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** openai-java as its users call it. */
class OpenAiJavaTest {
    @TempDir
    static Path data;

    private static Server server;
    private static OpenAIClient client;

    @BeforeAll
    static void start() throws Exception {
        server = Server.start(ServeSettings.of(Trained.runs(), data));
        client = OpenAIOkHttpClient.builder()
                .baseUrl(server.address() + "/v1")
                .apiKey("none")
                .responseValidation(true)
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static ImageGenerateParams.Builder wish(String prompt) {
        return ImageGenerateParams.builder()
                .model("tiny")
                .prompt(prompt)
                .putAdditionalBodyProperty("steps", com.openai.core.JsonValue.from(50));
    }

    static byte[] picture(ImagesResponse response, int index) {
        return Base64.getDecoder()
                .decode(response.data().orElseThrow().get(index).b64Json().orElseThrow());
    }

    @Test
    void generates() {
        ImagesResponse response = client.images().generate(wish("1").n(2).build());
        assertThat(response.created()).isPositive();
        assertThat(response.usage().orElseThrow().totalTokens()).isZero();
        assertThat(PictureFile.read(picture(response, 1), "it").width()).isEqualTo(8);
    }

    @Test
    void tellsWhatIsWrong() {
        assertThatThrownBy(() -> client.images().generate(wish("hat").build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("does not know 'hat'")
                .satisfies(wrong ->
                        assertThat(((BadRequestException) wrong).param()).contains("prompt"));
        assertThatThrownBy(
                        () -> client.images().generate(wish("1").model("other").build()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("tiny");
    }

    @Test
    void streams() {
        try (var response =
                client.images().generateStreaming(wish("1").partialImages(2).build())) {
            List<ImageGenStreamEvent> events = response.stream().toList();
            assertThat(events).hasSize(3);
            assertThat(events.get(1).asGenerationPartialImage().partialImageIndex())
                    .isEqualTo(1);
            var last = events.get(2).asGenerationCompleted();
            assertThat(last.usage().totalTokens()).isZero();
            assertThat(last.validate().b64Json()).isNotEmpty();
        }
    }

    @Test
    void namesModels() {
        assertThat(client.models().list().data())
                .extracting(model -> model.id())
                .containsExactly("tiny");
    }

    /** A picture with a mask: what the mask holds fast stays as it was. */
    @Test
    void editsWhatTheMaskLeavesOpen() throws Exception {
        byte[] values = new byte[8 * 8 * 3];
        java.util.Arrays.fill(values, (byte) 200);
        byte[] image = io.inkstone.image.PictureBytes.png(new Pixels(8, 8, 3, values), java.util.Map.of());
        ImagesResponse response = client.images()
                .edit(ImageEditParams.builder()
                        .model("tiny")
                        .prompt("0")
                        .image(new ByteArrayInputStream(image))
                        .mask(new ByteArrayInputStream(leftOpen()))
                        .putAdditionalBodyProperty("steps", com.openai.core.JsonValue.from(10))
                        .build());
        Pixels edited = PictureFile.read(picture(response, 0), "it");
        assertThat(edited.at(7, 3, 0)).isBetween(195, 205);
        assertThat(Stream.of(0, 1, 2).map(y -> edited.at(0, y, 0))).anyMatch(value -> value < 195 || value > 205);
    }

    /** Its left half is transparent. */
    static byte[] leftOpen() throws Exception {
        var mask = new java.awt.image.BufferedImage(8, 8, java.awt.image.BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 64; i++) {
            mask.setRGB(i % 8, i / 8, i % 8 < 4 ? 0 : 0xFF000000);
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(mask, "png", png);
        return png.toByteArray();
    }

    @Test
    void varies() throws Exception {
        byte[] image = io.inkstone.image.PictureBytes.png(Pixels.filled(8, 8, 0x808080), java.util.Map.of());
        ImagesResponse response = client.images()
                .createVariation(ImageCreateVariationParams.builder()
                        .model("tiny")
                        .image(new ByteArrayInputStream(image))
                        .n(2)
                        .putAdditionalBodyProperty("prompt", com.openai.core.JsonValue.from("1"))
                        .putAdditionalBodyProperty("steps", com.openai.core.JsonValue.from(10))
                        .build());
        assertThat(picture(response, 0)).isNotEqualTo(picture(response, 1));
    }
}
