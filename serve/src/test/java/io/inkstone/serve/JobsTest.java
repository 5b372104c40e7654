package io.inkstone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.image.PictureFile;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsTest {
    @TempDir
    Path data;

    /** Waits for the end of a job. */
    private static JsonNode ended(Asking ask, String id) throws Exception {
        for (int i = 0; i < 600; i++) {
            JsonNode job = ask.get("/api/jobs/" + id).json();
            if (!Set.of("queued", "running").contains(job.get("state").asText())) {
                return job;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("The job does not end.");
    }

    @Test
    void areAcceptedFollowedAndKept() throws Exception {
        try (Server server = Server.start(ServeSettings.of(Trained.runs(), data))) {
            Asking ask = new Asking(server);
            Asking.Answer accepted = ask.post("/api/jobs", "{'prompt':'1','n':2,'steps':100,'seed':4}");
            assertThat(accepted.status()).isEqualTo(202);
            String id = accepted.json().get("id").asText();
            String events = ask.get("/api/jobs/" + id + "/events").text();
            assertThat(events).contains("event: progress", "\"steps\":200", "event: end", "\"state\":\"done\"");
            JsonNode done = ended(ask, id);
            assertThat(done.at("/pictures/1/seed").asLong()).isEqualTo(5);
            byte[] png = ask.get(done.at("/pictures/1/url").asText()).response().body();
            assertThat(PictureFile.read(png, "it").width()).isEqualTo(8);
            assertThat(ask.post("/api/recipe", png)
                            .json()
                            .get("inkstone.sample")
                            .asText())
                    .contains("\"seed\":5");
            assertThat(ask.get("/api/pictures?search=tiny").json().get("pictures"))
                    .hasSize(2);
            assertThat(ask.get("/api/pictures?search=nosuch").json().get("pictures"))
                    .isEmpty();
        }
    }

    @Test
    void areGivenUpQueuedOrRunningAndNoOtherIsTouched() throws Exception {
        try (Server server = Server.start(ServeSettings.of(Trained.runs(), data))) {
            Asking ask = new Asking(server);
            String running = id(ask, "{'prompt':'1','n':100,'steps':1000}");
            String other = id(ask, "{'prompt':'1','steps':3,'seed':1}");
            String queued = id(ask, "{'prompt':'1','steps':4}");
            Thread.sleep(100);
            for (String id : List.of(queued, running)) {
                Asking.Answer cancelled = ask.post("/api/jobs/" + id + "/cancel", "");
                assertThat(cancelled.json().get("state").asText()).isEqualTo("cancelled");
            }
            assertThat(ended(ask, other).get("state").asText()).isEqualTo("done");
            assertThat(ended(ask, running).get("pictures")).isEmpty();
            assertThat(ask.post("/api/jobs/" + other + "/cancel", "").status()).isEqualTo(409);
            assertThat(ask.get("/api/jobs/none").status()).isEqualTo(404);
        }
    }

    @Test
    void areMovedDoneOnceMoreAndForgotten() throws Exception {
        List<String> order;
        Server first = Server.start(ServeSettings.of(Trained.runs(), data));
        try {
            Asking ask = new Asking(first);
            String running = id(ask, "{'prompt':'1','n':100,'steps':1000}");
            List<String> waiting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                waiting.add(id(ask, "{'prompt':'1','seed':1,'steps':%d}".formatted(3 + i)));
            }
            Asking.Answer moved = ask.post("/api/jobs/" + waiting.get(2) + "/move", "{'place':0}");
            assertThat(moved.json().get("place").asInt()).isZero();
            order = List.of(running, waiting.get(2), waiting.get(0), waiting.get(1));
            assertThat(ask.post("/api/jobs/" + waiting.get(1) + "/cancel", "").status())
                    .isEqualTo(200);
            assertThat(ask.post("/api/jobs/" + waiting.get(1) + "/retry", "").status())
                    .isEqualTo(202);
            assertThat(ask.post("/api/jobs/" + running + "/retry", "").status()).isEqualTo(409);
        } finally {
            first.close(Duration.ZERO);
        }
        try (Database database = Database.open(data.resolve("inkstone.db"))) {
            assertThat(new JobTable(database, "here").open())
                    .extracting(JobRow::id)
                    .containsExactlyElementsOf(order);
        }
        try (Server second = Server.start(ServeSettings.of(Trained.runs(), data))) {
            Asking ask = new Asking(second);
            assertThat(ask.post("/api/jobs/clear", "{'what':'waiting'}")
                            .json()
                            .get("cleared")
                            .asInt())
                    .isEqualTo(3);
            ask.post("/api/jobs/" + order.get(0) + "/cancel", "");
            assertThat(ask.post("/api/jobs/clear", "{}").json().get("cleared").asInt())
                    .isEqualTo(4);
            assertThat(ask.get("/api/jobs").json().get("jobs")).isEmpty();
        }
    }

    /** A picture that came with a job is there for the next server, and goes when the job is forgotten. */
    @Test
    void changePicturesThatCameWithThem() throws Exception {
        byte[] image =
                io.inkstone.image.PictureBytes.png(io.inkstone.image.Pixels.filled(8, 8, 0x808080), java.util.Map.of());
        String id;
        Server first = Server.start(ServeSettings.of(Trained.runs(), data));
        try {
            Asking ask = new Asking(first);
            id(ask, "{'prompt':'1','n':100,'steps':1000}");
            Asking.Answer accepted =
                    ask.form("/api/jobs/edits", "image", image, "prompt", "1", "steps", "5", "strength", "0.5");
            assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
            assertThat(accepted.json().get("kind").asText()).isEqualTo("edit");
            id = accepted.json().get("id").asText();
        } finally {
            first.close(Duration.ZERO);
        }
        try (Server second = Server.start(ServeSettings.of(Trained.runs(), data))) {
            Asking ask = new Asking(second);
            ask.post("/api/jobs/clear", "{'what':'waiting'}");
            ask.get("/api/jobs").json().get("jobs").forEach(job -> {
                if (job.get("kind").asText().equals("generation")) {
                    try {
                        ask.post("/api/jobs/" + job.get("id").asText() + "/cancel", "");
                    } catch (Exception failure) {
                        throw new AssertionError(failure);
                    }
                }
            });
            ask.post("/api/jobs/" + id + "/retry", "");
            assertThat(ended(ask, id).get("pictures")).hasSize(1);
            assertThat(Files.list(data.resolve("uploads"))).hasSize(1);
            ask.post("/api/jobs/clear", "{}");
            assertThat(Files.list(data.resolve("uploads"))).isEmpty();
        }
    }

    private static String id(Asking ask, String json) throws Exception {
        return ask.post("/api/jobs", json).json().get("id").asText();
    }

    /** What ends with the server is neither done nor given up: the next one does it. */
    @Test
    void waitForTheNextServerWhereOneEnds() throws Exception {
        String id;
        Server first = Server.start(ServeSettings.of(Trained.runs(), data));
        try {
            id = id(new Asking(first), "{'prompt':'1','n':8,'steps':300}");
        } finally {
            first.close(Duration.ZERO);
        }
        try (Server second = Server.start(ServeSettings.of(Trained.runs(), data))) {
            assertThat(ended(new Asking(second), id).get("pictures")).hasSize(8);
        }
    }

    /** A server killed with jobs waiting, at some moment of its work: each is done once. */
    @Test
    void surviveAKill() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledServer.class.getName(),
                        Trained.runs().toString(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> ids = new ArrayList<>();
        try (BufferedReader said = new BufferedReader(new InputStreamReader(child.getInputStream()))) {
            String address = said.readLine();
            HttpClient http = HttpClient.newHttpClient();
            for (int i = 0; i < 8; i++) {
                String body = "{\"prompt\":\"1\",\"n\":2,\"steps\":%d}".formatted(40 + i);
                HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/api/jobs"))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
                String text =
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body();
                ids.add(RequestFields.JSON.readTree(text).get("id").asText());
            }
        } finally {
            child.destroyForcibly();
            assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        try (Server server = Server.start(ServeSettings.of(Trained.runs(), data))) {
            Asking ask = new Asking(server);
            Set<String> files = new HashSet<>();
            for (String id : ids) {
                JsonNode job = ended(ask, id);
                assertThat(job.get("state").asText()).as(job.toString()).isEqualTo("done");
                assertThat(job.get("pictures")).hasSize(2);
                job.get("pictures")
                        .forEach(picture -> files.add(picture.get("id").asText() + ".png"));
            }
            try (var kept = Files.list(data.resolve("pictures"))) {
                assertThat(kept.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".png")))
                        .containsExactlyInAnyOrderElementsOf(files);
            }
        }
    }
}
