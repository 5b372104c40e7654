package io.inkstone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The studio's pages as a browser builds them; skipped where there is none. */
class StudioPageTest {
    @TempDir
    static Path folder;

    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(browser().isPresent(), "no Chromium is installed: the studio's pages are not looked at");
        server = Server.start(ServeSettings.of(Trained.runs(), folder.resolve("data")));
        String job = new Asking(server)
                .post("/api/jobs", "{'prompt':'1','steps':5,'seed':77}")
                .json()
                .get("id")
                .asText();
        new Asking(server).get("/api/jobs/" + job + "/events"); // to its end
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Optional<Path> browser() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The page's elements after its scripts have run. */
    private static String built(String page, String language) throws Exception {
        Path said = Files.createTempFile(folder, "page", ".html");
        Process chromium = new ProcessBuilder(List.of(
                        browser().orElseThrow().toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--lang=" + language,
                        "--accept-lang=" + language,
                        "--user-data-dir=" + Files.createTempDirectory(folder, "browser"),
                        "--virtual-time-budget=4000",
                        "--dump-dom",
                        server.address() + "/#/" + page))
                .redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(chromium.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            chromium.destroyForcibly().waitFor();
        }
        return Files.readString(said, StandardCharsets.UTF_8);
    }

    @Test
    void showsRunsWithCurvesAndPictures() throws Exception {
        String page = built("runs", "en");
        assertThat(page).contains("tiny", "<canvas", "/api/runs/tiny/samples/step-", "Draw with it");
    }

    @Test
    void offersWhatTheModelCanAndShowsWhatWasDrawn() throws Exception {
        assertThat(built("draw", "zh-CN")).contains("lang=\"zh-CN\"", "采样器", "ddim", "/pictures/", "tiny · 77");
    }
}
