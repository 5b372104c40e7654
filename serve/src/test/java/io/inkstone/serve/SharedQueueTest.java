package io.inkstone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.InputException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several servers on one queue, in a real PostgreSQL; skipped where its programs do not run. */
class SharedQueueTest {
    private static EmbeddedPostgres postgres;

    @TempDir
    Path data;

    @BeforeAll
    static void start() {
        try {
            postgres = EmbeddedPostgres.builder().start();
        } catch (Exception | LinkageError cannot) {
            abort("PostgreSQL's programs do not start here: servers that share a queue are not tried (" + cannot + ")");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (postgres != null) {
            postgres.close();
        }
    }

    private static String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    @AfterEach
    void forget() {
        try (Database database = Database.connect(url())) {
            List.of("job", "picture", "server").forEach(table -> database.change("delete from " + table));
        }
    }

    private Server server() throws Exception {
        return Server.start(
                ServeSettings.builder(Trained.runs(), data).database(url()).build());
    }

    private static JobRow accepted(JobTable table, String id, int steps) {
        JobRow row = JobRow.accepted(
                id,
                JobRow.Kind.GENERATION,
                "tiny",
                "{\"prompt\":\"1\",\"n\":1,\"seed\":4,\"steps\":" + steps + ",\"model\":\"tiny\"}");
        table.add(row);
        return row;
    }

    private static JsonNode until(Asking ask, String id, Set<String> states) throws Exception {
        for (int i = 0; i < 600; i++) {
            JsonNode job = ask.get("/api/jobs/" + id).json();
            if (states.contains(job.get("state").asText())) {
                return job;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("The job does not come to " + states);
    }

    private static String id(Asking ask, String json) throws Exception {
        Asking.Answer answer = ask.post("/api/jobs", json);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().get("id").asText();
    }

    /** Eight servers at once, each with a connection of its own, and jobs for all. */
    @Test
    void eachJobIsTakenOnce() throws Exception {
        ConcurrentLinkedQueue<String> taken = new ConcurrentLinkedQueue<>();
        try (Database filled = Database.connect(url())) {
            for (int i = 0; i < 100; i++) {
                accepted(new JobTable(filled, "none"), "job-" + i, 1);
            }
        }
        List<Thread> servers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String name = "server-" + i;
            Thread server = new Thread(() -> {
                try (Database own = Database.connect(url())) {
                    ClaimTable claims = new ClaimTable(own, name);
                    claims.seen();
                    for (int idle = 0; idle < 3; ) {
                        List<JobRow> share = claims.claim();
                        share.forEach(row -> taken.add(row.id()));
                        idle = share.isEmpty() ? idle + 1 : 0;
                    }
                }
            });
            servers.add(server);
            server.start();
        }
        for (Thread server : servers) {
            server.join();
        }
        assertThat(taken).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void twoServersAnswerForEachOther() throws Exception {
        try (Server one = server();
                Server other = server()) {
            Asking ask = new Asking(one);
            Asking askOther = new Asking(other);
            String running = id(ask, "{'prompt':'1','n':100,'steps':1000}");
            for (Asking each : List.of(ask, askOther)) { // one of them hears of it by the database
                assertThat(until(each, running, Set.of("running")).has("place")).isFalse();
            }
            String second = id(ask, "{'prompt':'1','n':100,'steps':999}");
            for (Asking each : List.of(ask, askOther)) { // the other has nothing else to do
                until(each, second, Set.of("running"));
            }
            List<String> waiting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                waiting.add(id(ask, "{'prompt':'1','seed':%d,'steps':2}".replace("%d", String.valueOf(i))));
            }
            assertThat(askOther.post("/api/jobs/" + waiting.get(2) + "/move", "{'place':0}")
                            .json()
                            .get("place")
                            .asInt())
                    .isZero();
            assertThat(ask.get("/api/jobs/" + waiting.get(0))
                            .json()
                            .get("place")
                            .asInt())
                    .isEqualTo(1);
            for (String id : List.of(running, second)) { // one of them is drawn by the server that is not asked
                assertThat(ask.post("/api/jobs/" + id + "/cancel", "").status()).isEqualTo(200);
            }
            for (String id : waiting) {
                assertThat(until(askOther, id, Set.of("done")).get("pictures")).hasSize(1);
            }
            String url = askOther.get("/api/jobs/" + waiting.get(1))
                    .json()
                    .at("/pictures/0/url")
                    .asText();
            assertThat(ask.get(url).response().body())
                    .isEqualTo(askOther.get(url).response().body());
            assertThat(ask.get("/api/pictures?search=TINY").json().get("pictures"))
                    .hasSize(3);
        }
    }

    @Test
    void whatALostServerHadIsTakenAndWhatEndsServersIsNot() throws Exception {
        try (Database database = Database.connect(url())) {
            ClaimTable lost = new ClaimTable(database, "lost");
            JobTable table = new JobTable(database, "lost");
            accepted(table, "its-job-1", 3);
            accepted(table, "its-job-2", 3);
            lost.seen();
            lost.claim();
            database.change("update server set seen = seen - ?", ClaimTable.LOST_MILLIS + 1);
            database.change("update job set tries = 5 where id = 'its-job-2'");
            try (Server server = server()) {
                Asking ask = new Asking(server);
                assertThat(until(ask, "its-job-1", Set.of("done")).get("pictures"))
                        .hasSize(1);
                assertThat(until(ask, "its-job-2", Set.of("failed"))
                                .get("error")
                                .asText())
                        .contains("5 times");
                table.fail("its-job-1", "too late");
                assertThat(until(ask, "its-job-1", Set.of("done")).has("error")).isFalse();
            }
        }
    }

    @Test
    void whatAServerDidNotEndIsHandedBack() throws Exception {
        String id;
        Server first = server();
        try {
            id = id(new Asking(first), "{'prompt':'1','n':1,'steps':300}");
            until(new Asking(first), id, Set.of("running"));
        } finally {
            first.close(Duration.ZERO);
        }
        try (Server second = server()) {
            assertThat(until(new Asking(second), id, Set.of("done")).get("pictures"))
                    .hasSize(1);
        }
        try (var left = Files.list(data.resolve("pictures"))) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void otherDatabasesAndSilentOnesAreRefusedWithoutTheirPassword() {
        ServeSettings.Builder settings = ServeSettings.builder(data, data);
        assertThatThrownBy(() ->
                        settings.database("jdbc:mysql://me:secret@here/it").build())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("jdbc:postgresql:")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(
                        () -> Server.start(settings.database("jdbc:postgresql://127.0.0.1:1/it?user=me&password=secret")
                                .build()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot be opened")
                .hasMessageNotContaining("secret");
    }
}
