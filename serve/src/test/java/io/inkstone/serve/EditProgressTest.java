package io.inkstone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.image.PictureBytes;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.run.TinyRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures that are changed say how far they are, and how they look, as those do that are drawn. */
class EditProgressTest {
    private static final byte[] IMAGE = PictureBytes.png(Pixels.filled(8, 8, 0x808080), Map.of());
    private static final byte[] MASK = PictureBytes.png(Pixels.filled(8, 8, 0xFFFFFF), Map.of());

    @TempDir
    Path data;

    private Server server;
    private Asking ask;

    @BeforeEach
    void start() throws Exception {
        server = Server.start(ServeSettings.of(Trained.runs(), data));
        ask = new Asking(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Steps of three pictures: half of the way, or, of a hole, all of it four times. */
    @ParameterizedTest
    @CsvSource({"edits, false, 1500", "edits, true, 12000", "variations, false, 1500"})
    void aJobCountsItsStepsAndShowsThem(String what, boolean masked, long steps) throws Exception {
        JsonNode job = ask.form(
                        "/api/jobs/" + what,
                        masked ? Map.of("image", IMAGE, "mask", MASK) : Map.of("image", IMAGE),
                        "prompt",
                        "1",
                        "n",
                        "3",
                        "steps",
                        "1000",
                        masked ? "sampler" : "strength",
                        masked ? "ddim" : "0.5")
                .json();
        String path = "/api/jobs/" + job.get("id").asText();
        for (int i = 0; i < 600 && !job.has("preview_step"); i++) {
            Thread.sleep(10);
            job = ask.get(path).json();
        }
        assertThat(job.has("preview_step")).as(job.toString()).isTrue();
        assertThat(job.get("steps").asLong()).isEqualTo(steps);
        assertThat(job.get("steps_done").asLong()).isBetween(3L, steps);
        Asking.Answer preview = ask.get(path + "/preview.png");
        assertThat(PictureFile.read(preview.response().body(), "it").width()).isEqualTo(8);
        ask.post(path + "/cancel", "");
    }

    @Test
    void aStreamShowsPicturesOnTheWay() throws Exception {
        String text = ask.form(
                        "/v1/images/edits",
                        "image",
                        IMAGE,
                        "prompt",
                        "1",
                        "steps",
                        "200",
                        "stream",
                        "true",
                        "partial_images",
                        "2")
                .text();
        assertThat(text.split("event: image_edit.partial_image", -1)).hasSize(3);
        assertThat(text).contains("event: image_edit.completed");
    }

    /** By a network that takes several sizes; what is said of the picture is what it is. */
    @Test
    void aPictureIsChangedInTheSizeThatIsAskedFor() throws Exception {
        Path runs = Files.createDirectory(data.resolve("several"));
        Path pictures = TinyRun.data(Files.createDirectory(data.resolve("pictures")));
        TinyRun.train(
                TinyRun.recipe(
                        pictures,
                        "model.network=modern",
                        "model.multipliers=[1,2]",
                        "model.attention=[1]",
                        "train.epochs=1"),
                runs.resolve("modern"),
                1);
        try (Server several = Server.start(ServeSettings.of(runs, data.resolve("kept")))) {
            JsonNode answer = new Asking(several)
                    .form("/v1/images/edits", "image", IMAGE, "prompt", "1", "steps", "2", "size", "16x8")
                    .json();
            Pixels picture = PictureFile.read(
                    Base64.getDecoder().decode(answer.at("/data/0/b64_json").asText()), "it");
            assertThat(picture.width()).isEqualTo(16);
            assertThat(picture.height()).isEqualTo(8);
            assertThat(answer.get("width").asInt()).isEqualTo(16);
            assertThat(answer.get("height").asInt()).isEqualTo(8);
        }
    }
}
