package io.inkstone.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.recipe.Recipes;
import io.inkstone.studio.Studio;
import io.inkstone.studio.Training;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The service as it runs, on a port of its own. */
class PictureServiceTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void drawsIsReadyAndEnds(@TempDir Path folder) throws Exception {
        Training training = Training.of(Recipes.load("sprites", List.of("model.width=8", "preview.everySteps=0")));
        Path run = training.onStep(step -> training.stop()).run(folder.resolve("run"));
        Studio studio;
        try (ConfigurableApplicationContext service = SpringApplication.run(
                PictureService.class, "--inkstone.run=" + run, "--server.port=0", "--spring.main.banner-mode=off")) {
            studio = service.getBean(Studio.class);
            String root = "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port");
            HttpResponse<byte[]> picture = get(root + "/picture?label=1&seed=3");
            assertThat(picture.statusCode()).isEqualTo(200);
            assertThat(ImageIO.read(new ByteArrayInputStream(picture.body())).getWidth())
                    .isEqualTo(16);
            HttpResponse<byte[]> wrong = get(root + "/picture?label=unicorn");
            assertThat(wrong.statusCode()).isEqualTo(400);
            assertThat(new String(wrong.body(), StandardCharsets.UTF_8)).contains("unicorn");
            HttpResponse<byte[]> ready = get(root + "/actuator/health/readiness");
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(new String(ready.body(), StandardCharsets.UTF_8)).contains("UP");
        }
        assertThatThrownBy(() -> studio.run().classes()).isInstanceOf(IllegalStateException.class);
    }

    private HttpResponse<byte[]> get(String address) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
