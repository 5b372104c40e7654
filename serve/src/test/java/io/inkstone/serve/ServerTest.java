package io.inkstone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest {
    @TempDir
    Path folder;

    @Test
    void startsWithNothingTrained() throws Exception {
        try (Server server = Server.start(ServeSettings.of(folder.resolve("none"), folder.resolve("data")))) {
            Asking ask = new Asking(server);
            assertThat(ask.get("/healthz").status()).isEqualTo(200);
            assertThat(ask.get("/readyz").status()).isEqualTo(200);
            assertThat(ask.get("/metrics").text()).contains("inkstone_jobs_waiting");
            assertThat(ask.get("/v1/models").json().get("data")).isEmpty();
            assertThat(ask.post("/v1/images/generations", "{'prompt':'a'}").text())
                    .contains("No run is trained yet");
        }
    }

    @Test
    void asksForAKeyWhereThereIsOne() throws Exception {
        Path keys = Files.writeString(folder.resolve("keys"), "# ours\nsecret-1\nsecret-2\n");
        ServeSettings settings = ServeSettings.builder(folder.resolve("none"), folder.resolve("data"))
                .keyFile(keys)
                .build();
        try (Server server = Server.start(settings)) {
            Asking ask = new Asking(server);
            Asking.Answer refused = ask.get("/v1/models");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.json().at("/error/code").asText()).isEqualTo("invalid_api_key");
            assertThat(ask.get("/v1/models", "Authorization", "Bearer secret-2").status())
                    .isEqualTo(200);
            assertThat(ask.get("/v1/models", "Authorization", "Bearer secret-3").status())
                    .isEqualTo(401);
            assertThat(ask.get("/healthz").status()).isEqualTo(200);
        }
    }

    @Test
    void listensToOthersOnlyWithAKey() {
        assertThatThrownBy(() -> ServeSettings.builder(folder, folder)
                        .address("0.0.0.0", 0)
                        .build())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--key-file");
    }

    @Test
    void onlyOneServerUsesAFolder() {
        ServeSettings settings = ServeSettings.of(folder.resolve("none"), folder.resolve("data"));
        try (Server first = Server.start(settings)) {
            assertThat(first.address()).startsWith("http://127.0.0.1:");
            assertThatThrownBy(() -> Server.start(settings)).hasMessageContaining("Another server uses");
        }
    }

    @Test
    void anyModelMeansTheStandardOneWhereItIsTold() throws Exception {
        ServeSettings settings = ServeSettings.builder(Trained.runs(), folder.resolve("data"))
                .anyModel(true)
                .build();
        try (Server server = Server.start(settings)) {
            String body = "{'prompt':'0','steps':2,'model':'gpt-image-1-mini'}";
            assertThat(new Asking(server).post("/v1/images/generations", body).status())
                    .isEqualTo(200);
        }
    }

    /** Connections that are quiet because the server is at work are not idle. */
    @Test
    void workMayTakeLongerThanAConnectionMayBeIdle() throws Exception {
        ServeSettings settings = ServeSettings.builder(Trained.runs(), folder.resolve("data"))
                .idle(Duration.ofSeconds(1))
                .build();
        try (Server server = Server.start(settings)) {
            String body = "{'prompt':'0','n':20,'steps':400}";
            assertThat(new Asking(server).post("/v1/images/generations", body).status())
                    .isEqualTo(200);
        }
    }

    /** A body a byte now and then is not waited for as long as it likes. */
    @Test
    void slowSendersAreNotWaitedFor() throws Exception {
        ServeSettings settings = ServeSettings.builder(folder.resolve("none"), folder.resolve("data"))
                .idle(Duration.ofSeconds(20))
                .build();
        try (Server server = Server.start(settings);
                Socket socket =
                        new Socket("127.0.0.1", URI.create(server.address()).getPort())) {
            String large = "{'prompt':'" + "x".repeat(1 << 20) + "'}";
            assertThat(new Asking(server).post("/v1/images/generations", large).status())
                    .as("others, who send much at once, do not count for a slow one")
                    .isEqualTo(404);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v1/images/generations HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n{")
                    .getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(500);
            String answer = "";
            for (int i = 0; i < 12 && answer.isEmpty(); i++) {
                out.write(' ');
                out.flush();
                try {
                    byte[] some = new byte[2000];
                    answer = new String(
                            some, 0, Math.max(0, socket.getInputStream().read(some)), StandardCharsets.US_ASCII);
                } catch (SocketTimeoutException notYet) {
                    // it waits
                }
            }
            assertThat(answer)
                    .startsWith("HTTP/1.1 408")
                    .contains("\"message\":\"The body comes too slowly")
                    .contains("\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"too_slow\"");
        }
    }

    @Test
    void whatIsNoRequestIsAnErrorLikeOthers() throws Exception {
        try (Server server = Server.start(ServeSettings.of(folder.resolve("none"), folder.resolve("data")));
                Socket socket =
                        new Socket("127.0.0.1", URI.create(server.address()).getPort())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nno header\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 4").contains("\"param\":null,\"code\":\"transport\"");
        }
    }
}
