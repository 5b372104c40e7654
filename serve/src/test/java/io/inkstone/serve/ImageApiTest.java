package io.inkstone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.image.PictureFile;
import io.inkstone.image.PngText;
import io.inkstone.wish.DrawWish;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageApiTest {
    private static final String DRAW = "/v1/images/generations";

    @TempDir
    static Path data;

    private static Server server;
    private static Asking ask;

    @BeforeAll
    static void start() throws Exception {
        server = Server.start(
                ServeSettings.builder(Trained.runs(), data).queue(3).build());
        ask = new Asking(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static byte[] picture(JsonNode body, int index) {
        return Base64.getDecoder()
                .decode(body.at("/data/" + index + "/b64_json").asText());
    }

    @Test
    void namesTheRuns() throws Exception {
        JsonNode body = ask.get("/v1/models").json();
        assertThat(body.at("/data/0/id").asText()).isEqualTo("tiny");
        assertThat(body.at("/data/0/created").isIntegralNumber()).isTrue();
        assertThat(ask.get("/v1/models/none").status()).isEqualTo(404);
    }

    @Test
    void drawsByClassWithASeedThatDrawsTheSameAgain() throws Exception {
        JsonNode body =
                ask.post(DRAW, "{'prompt':'1','n':2,'seed':7,'steps':3}").json();
        assertThat(body.get("created").isIntegralNumber()).isTrue();
        assertThat(body.at("/data/1/seed").asLong()).isEqualTo(8);
        assertThat(body.at("/usage/total_tokens").isIntegralNumber()).isTrue();
        byte[] png = picture(body, 1);
        assertThat(PictureFile.read(png, "it").width()).isEqualTo(8);
        assertThat(DrawWish.of((com.fasterxml.jackson.databind.node.ObjectNode) RequestFields.JSON.readTree(
                                PngText.read(png, "it").get(DrawWish.PNG_KEYWORD)))
                        .firstSeed())
                .isEqualTo(8);
        JsonNode again =
                ask.post(DRAW, "{'prompt':'1','n':2,'seed':7,'steps':3}").json();
        assertThat(picture(again, 1)).isEqualTo(png);
        JsonNode other =
                ask.post(DRAW, "{'prompt':'0','n':2,'seed':7,'steps':3}").json();
        assertThat(picture(other, 1)).isNotEqualTo(png);
    }

    @Test
    void fieldsMayStandInTheQuery() throws Exception {
        byte[] inBody = picture(
                ask.post(DRAW, "{'prompt':'0=0.5,1=0.5','seed':3,'steps':2}").json(), 0);
        byte[] inQuery = picture(
                ask.post(DRAW + "?seed=3&steps=2", "{'prompt':'0=0.5,1=0.5'}").json(), 0);
        assertThat(inQuery).isEqualTo(inBody);
    }

    @Test
    void givesAddressesAndJpeg() throws Exception {
        JsonNode body = ask.post(DRAW, "{'prompt':'0','steps':2,'response_format':'url'}")
                .json();
        String url = body.at("/data/0/url").asText();
        assertThat(url).startsWith(server.address() + "/pictures/");
        assertThat(ask.get(URI.create(url).getPath()).header("Content-Type")).isEqualTo("image/png");
        byte[] jpeg = picture(
                ask.post(DRAW, "{'prompt':'0','steps':2,'output_format':'jpeg'}")
                        .json(),
                0);
        assertThat(jpeg).startsWith(0xFF, 0xD8);
        byte[] webp = picture(
                ask.post(DRAW, "{'prompt':'0','steps':2,'output_format':'webp','output_compression':90}")
                        .json(),
                0);
        assertThat(new String(webp, 8, 4, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("WEBP");
        assertThat(io.inkstone.image.PictureFile.read(webp, "it").width()).isEqualTo(8);
    }

    @Test
    void errorsHaveTheirStatusAndFourKeys() throws Exception {
        requireError(ask.post(DRAW, "{'prompt':'hat'}"), 400, "prompt", "does not know 'hat'", "It knows:");
        requireError(ask.post(DRAW, "{}"), 400, "prompt", "what to draw");
        requireError(ask.post(DRAW, "{'prompt':'0','step':3}"), 400, "step", "steps");
        requireError(ask.post(DRAW, "{'prompt':'0','n':0}"), 400, "n", "1 to 100");
        requireError(ask.post(DRAW, "{'prompt':'0','seed':1.5}"), 400, "seed", "whole number");
        requireError(ask.post(DRAW, "{'prompt':'0','steps':2000}"), 400, null, "2,?000");
        requireError(ask.post(DRAW, "{'prompt':'0','sampler':'nosuch'}"), 400, "sampler", "nosuch");
        requireError(ask.post(DRAW, "{'prompt':'0','size':'9x9'}"), 400, "size", "8x8");
        requireError(ask.post(DRAW, "{'prompt':'0','model':'tinny'}"), 404, "model", "tiny");
        requireError(ask.post(DRAW, "[]"), 400, null, "JSON object");
        requireError(ask.post(DRAW, "{"), 400, null, "JSON");
        requireError(ask.post("/v1/images/edits", "{}"), 400, "image", "multipart");
        requireError(ask.get("/nowhere"), 404, null, "nothing");
        requireError(ask.get("/pictures/..%2F..%2Finkstone.db"), 404, null, "");
    }

    private static void requireError(Asking.Answer answer, int status, String param, String... words) throws Exception {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        if (answer.header("Content-Type").startsWith("application/json")) {
            JsonNode error = answer.json().get("error");
            assertThat(error.fieldNames()).toIterable().containsExactly("message", "type", "param", "code");
            assertThat(error.get("param").isNull() ? null : error.get("param").asText())
                    .isEqualTo(param);
            for (String word : words) {
                assertThat(error.get("message").asText()).containsPattern(word);
            }
            assertThat(answer.header("x-request-id")).isNotEmpty();
        }
    }

    @Test
    void streamsPicturesOnTheWayAndTheLastOneComplete() throws Exception {
        String text = ask.post(DRAW, "{'prompt':'0','steps':200,'stream':true,'partial_images':2}")
                .text();
        assertThat(text.split("event: image_generation.partial_image", -1)).hasSize(3);
        String last = text.substring(text.indexOf("event: image_generation.completed"));
        JsonNode completed = RequestFields.JSON.readTree(last.substring(last.indexOf('{')));
        for (String key : new String[] {
            "usage", "created_at", "size", "quality", "background", "output_format", "b64_json", "seed"
        }) {
            assertThat(completed.has(key)).as(key).isTrue();
        }
    }

    @Test
    void whoeverLeavesIsNotDrawnFor() throws Exception {
        Measured before = measured();
        try (Socket socket =
                new Socket("127.0.0.1", URI.create(server.address()).getPort())) {
            String body = "{\"prompt\":\"0\",\"n\":100,\"steps\":1000,\"sampler\":\"ddim\"}";
            socket.getOutputStream()
                    .write(("POST " + DRAW + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + body.length()
                                    + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(300);
        }
        assertThat(ask.post(DRAW, "{'prompt':'1','steps':2}").status()).isEqualTo(200);
        assertThat(measured().drawn() - before.drawn()).isEqualTo(1);
    }

    private record Measured(double drawn) {}

    private static Measured measured() throws Exception {
        String line = ask.get("/metrics")
                .text()
                .lines()
                .filter(each -> each.startsWith("inkstone_pictures_drawn_total"))
                .findFirst()
                .orElseThrow();
        return new Measured(Double.parseDouble(line.substring(line.indexOf(' '))));
    }

    @Test
    void theSameRequestJoinsTheWorkAtHandAndAFullQueueSaysSo() throws Exception {
        String slow = "{'prompt':'0','n':20,'steps':400}";
        CompletableFuture<Asking.Answer> one = later(slow);
        Thread.sleep(200);
        CompletableFuture<Asking.Answer> same = later(slow);
        CompletableFuture<?>[] others = new CompletableFuture<?>[3];
        for (int i = 0; i < others.length; i++) {
            others[i] = later("{'prompt':'0','n':1,'steps':%d}".formatted(i + 2)); // other steps do not join a batch
        }
        Thread.sleep(300);
        Asking.Answer refused = ask.post(DRAW, "{'prompt':'0','steps':9}");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("5");
        assertThat(same.get().json().at("/data")).isEqualTo(one.get().json().at("/data"));
        CompletableFuture.allOf(others).get();
    }

    private static CompletableFuture<Asking.Answer> later(String json) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return ask.post(DRAW, json);
                    } catch (Exception failure) {
                        throw new IllegalStateException(failure);
                    }
                },
                task -> new Thread(task).start());
    }

    @Test
    void pagesOfOthersMayNotDriveIt() throws Exception {
        assertThat(ask.get("/api/jobs", "Origin", "http://elsewhere.example").status())
                .isEqualTo(403);
        assertThat(ask.get("/api/jobs", "Origin", server.address()).status()).isEqualTo(200);
    }
}
