package io.inkstone.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
    private static final byte[] CONTENT =
            "the official content of a file".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    private static final String MD5 = md5(CONTENT);

    @TempDir
    Path folder;

    private final List<String> ranges = new ArrayList<>();
    private HttpServer server;
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch arrived = new CountDownLatch(1);
    private int breakAfter = Integer.MAX_VALUE;
    private long pauseMillis = 100;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/file", exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            ranges.add(String.valueOf(range));
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            if (from >= CONTENT.length) {
                exchange.sendResponseHeaders(416, -1);
                exchange.close();
                return;
            }
            byte[] rest = Arrays.copyOfRange(CONTENT, from, CONTENT.length);
            exchange.sendResponseHeaders(range == null ? 200 : 206, rest.length);
            exchange.getResponseBody().write(rest, 0, Math.min(breakAfter, rest.length));
            exchange.getResponseBody().flush();
            awaitArrivalIfBreaking();
            exchange.close();
        });
        server.createContext("/drip", this::drip);
        server.createContext("/mute", HttpExchange::close);
        server.start();
    }

    /** A connection that breaks may take with it what the client has not read yet. */
    private void awaitArrivalIfBreaking() {
        try {
            if (breakAfter > 0 && breakAfter < CONTENT.length) {
                arrived.await();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Bytes one by one with a pause between them; after {@code breakAfter} of them nothing more. */
    private void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, CONTENT.length);
        try {
            for (int i = 0; i < CONTENT.length; i++) {
                if (i == breakAfter) {
                    released.await();
                    break;
                }
                exchange.getResponseBody().write(CONTENT[i]);
                exchange.getResponseBody().flush();
                Thread.sleep(pauseMillis);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    @AfterEach
    void stop() {
        released.countDown();
        arrived.countDown();
        server.stop(0);
    }

    private RemoteFile file(String path, String md5) {
        return new RemoteFile(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path), "f.gz", md5);
    }

    private void fetch(RemoteFile file) {
        fetch(file, folder);
    }

    private void fetch(RemoteFile file, Path into) {
        new Download((name, done, total) -> arrived.countDown()).fetch(List.of(file), into);
    }

    @Test
    void fetchesOnceAndKeepsWhatIsRight() throws IOException {
        fetch(file("/file", MD5));
        assertThat(folder.resolve("f.gz")).hasBinaryContent(CONTENT);
        fetch(file("/file", MD5));
        assertThat(ranges).containsExactly("null");
        Files.writeString(folder.resolve("f.gz"), "something else");
        assertThatThrownBy(() -> fetch(file("/file", MD5))).hasMessageContaining("another checksum");
    }

    @Test
    void goesOnWhereItBroke() throws IOException {
        breakAfter = 10;
        assertThatThrownBy(() -> fetch(file("/file", MD5))).hasMessageContaining("call it again to go on");
        assertThat(Files.size(folder.resolve("f.gz.part"))).isEqualTo(10);
        breakAfter = Integer.MAX_VALUE;
        fetch(file("/file", MD5));
        assertThat(ranges).containsExactly("null", "bytes=10-");
        assertThat(folder.resolve("f.gz")).hasBinaryContent(CONTENT);
        assertThat(folder.resolve("f.gz.part")).doesNotExist();
    }

    @Test
    void aCompletePartIsOnlyChecked() throws IOException {
        Files.write(folder.resolve("f.gz.part"), CONTENT);
        fetch(file("/file", MD5));
        assertThat(folder.resolve("f.gz")).hasBinaryContent(CONTENT);
    }

    @Test
    void badAnswersAreSentences() {
        assertThatThrownBy(() -> fetch(file("/file", "0".repeat(32)))).hasMessageContaining("was removed");
        assertThat(folder.resolve("f.gz.part")).doesNotExist();
        assertThatThrownBy(() -> fetch(file("/none", MD5))).hasMessageContaining("answered 404");
        assertThatThrownBy(() -> fetch(file("/mute", MD5))).hasMessageContaining("The connection broke");
        RemoteFile gone = file("/file", MD5);
        server.stop(0);
        assertThatThrownBy(() -> fetch(gone))
                .hasMessageContaining("cannot be reached")
                .hasMessageContaining("is there a network?");
    }

    /** Three seconds in all, a byte each tenth of one: slower than the silence that is borne, but alive. */
    @Test
    void aSlowBodyIsNotASilentOne() {
        new Download((name, done, total) -> {}, Duration.ofSeconds(2)).fetch(List.of(file("/drip", MD5)), folder);
        assertThat(folder.resolve("f.gz")).hasBinaryContent(CONTENT);
    }

    @Test
    @Timeout(30)
    void aSilentBodyEnds() throws IOException {
        pauseMillis = 0;
        breakAfter = 5;
        Download impatient = new Download((name, done, total) -> {}, Duration.ofSeconds(1));
        assertThatThrownBy(() -> impatient.fetch(List.of(file("/drip", MD5)), folder))
                .hasMessageContaining("Nothing came for 1 second while f.gz was fetched; what came is kept");
        assertThat(Files.size(folder.resolve("f.gz.part"))).isEqualTo(5);
    }

    /** Nothing that was made for nothing stays; what came stays, and so does what was there. */
    @Test
    void failuresLeaveNoEmptyFolders() {
        Path deep = folder.resolve("a/b");
        assertThatThrownBy(() -> fetch(file("/none", MD5), deep)).hasMessageContaining("answered 404");
        assertThat(folder).isEmptyDirectory();
        breakAfter = 0;
        assertThatThrownBy(() -> fetch(file("/file", MD5), deep)).hasMessageContaining("broke");
        assertThat(folder).isEmptyDirectory();
        breakAfter = 3;
        assertThatThrownBy(() -> fetch(file("/file", MD5), deep)).hasMessageContaining("broke");
        assertThat(deep.resolve("f.gz.part")).hasSize(3);
    }

    @Test
    void emnistIsExplained() {
        assertThat(EmnistFolder.guide(folder))
                .contains("nist.gov", folder + "/emnist-letters-train-images-idx3-ubyte.gz", "bymerge");
    }

    @Test
    void officialSetsAreNamed() {
        assertThat(OfficialSet.named("fashion-mnist").files()).hasSize(4).allSatisfy(f -> assertThat(f.md5())
                .hasSize(32));
        assertThatThrownBy(() -> OfficialSet.named("cifar"))
                .hasMessageContaining("mnist, fashion-mnist, kmnist, and celeba and emnist");
    }

    @Test
    void celebaIsExplainedAndChecked() throws IOException {
        assertThat(CelebaFolder.guide(folder)).contains("mmlab", "list_attr_celeba.txt");
        assertThat(CelebaFolder.check(folder)).hasSize(3);
        Files.createDirectories(folder.resolve("img_align_celeba"));
        Files.writeString(folder.resolve("img_align_celeba/000001.jpg"), "");
        Files.writeString(folder.resolve("list_attr_celeba.txt"), "");
        Files.writeString(folder.resolve("list_eval_partition.txt"), "");
        assertThat(CelebaFolder.check(folder))
                .singleElement()
                .asString()
                .contains("has 1 picture; the whole set has 202,599");
    }

    private static String md5(byte[] bytes) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("MD5").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
