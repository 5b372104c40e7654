package io.inkstone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.image.PictureBytes;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Open WebUI sends with the engine "Automatic1111". */
class SdApiTest {
    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("me:secret".getBytes(StandardCharsets.UTF_8));

    @TempDir
    static Path folder;

    private static Server server;
    private static Asking ask;

    @BeforeAll
    static void start() throws Exception {
        Path keys = Files.writeString(folder.resolve("keys"), "secret\n");
        server = Server.start(ServeSettings.builder(Trained.runs(), folder.resolve("data"))
                .keyFile(keys)
                .build());
        ask = new Asking(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Asking.Answer post(String path, String json) throws Exception {
        return ask.post(path, json, "Authorization", BASIC);
    }

    @Test
    void aModelIsChosenAndDraws() throws Exception {
        assertThat(ask.get("/sdapi/v1/options").status()).isEqualTo(401);
        assertThat(ask.get("/sdapi/v1/sd-models", "Authorization", BASIC)
                        .json()
                        .at("/0/model_name")
                        .asText())
                .isEqualTo("tiny");
        assertThat(post("/sdapi/v1/options", "{'sd_model_checkpoint':'tiny'}")
                        .json()
                        .get("sd_model_checkpoint")
                        .asText())
                .isEqualTo("tiny");
        JsonNode body = post(
                        "/sdapi/v1/txt2img",
                        "{'prompt':'1','batch_size':2,'width':512,'height':512,'steps':4,'seed':9,'sampler_name':'Euler a','negative_prompt':''}")
                .json();
        assertThat(body.get("images")).hasSize(2);
        JsonNode info = RequestFields.JSON.readTree(body.get("info").asText());
        assertThat(info.at("/all_seeds/1").asInt()).isEqualTo(10);
        assertThat(PictureFile.read(
                                Base64.getDecoder().decode(body.at("/images/0").asText()), "it")
                        .width())
                .isEqualTo(8);
    }

    @Test
    void picturesAreRedrawn() throws Exception {
        byte[] image = PictureBytes.png(Pixels.filled(8, 8, 0x808080), Map.of());
        String text = "data:image/png;base64," + Base64.getEncoder().encodeToString(image);
        JsonNode body = post(
                        "/sdapi/v1/img2img",
                        "{'prompt':'1','init_images':['" + text + "'],'denoising_strength':0.5,'steps':6,'seed':-1}")
                .json();
        assertThat(body.get("images")).hasSize(1);
        assertThat(post("/sdapi/v1/img2img", "{'prompt':'1'}").status()).isEqualTo(400);
        assertThat(post("/sdapi/v1/img2img", "{'prompt':'1','init_images':['%%']}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void whatRunsIsInterrupted() throws Exception {
        CompletableFuture<Integer> slow = CompletableFuture.supplyAsync(() -> {
            try {
                return post("/sdapi/v1/txt2img", "{'prompt':'1','batch_size':100,'steps':1000}")
                        .status();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
        for (int i = 0; i < 200 && steps() == 0; i++) {
            Thread.sleep(20);
        }
        post("/sdapi/v1/interrupt", "{}");
        assertThat(slow.get()).isEqualTo(409);
    }

    private static int steps() throws Exception {
        return ask.get("/sdapi/v1/progress", "Authorization", BASIC)
                .json()
                .at("/state/sampling_step")
                .asInt();
    }
}
