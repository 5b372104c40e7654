package io.inkstone.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A Chromium without a window, driven by its own protocol: the libraries for it bring hundreds of megabytes and a browser. */
final class Browser implements AutoCloseable {
    private static final int WAIT_SECONDS = 60;

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();

    private Browser(Process process, String address) {
        this.process = process;
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address), new Answers())
                .join();
    }

    /** Where it is installed; empty where it is not. */
    static Optional<Path> installed() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param folder for its own files, new */
    static Browser start(Path folder, String language) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        installed().orElseThrow().toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--lang=" + language,
                        "--accept-lang=" + language,
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + folder,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Path port = folder.resolve("DevToolsActivePort");
        for (int i = 0; i < 600 && !(Files.exists(port) && Files.size(port) > 0); i++) {
            Thread.sleep(50);
        }
        String number = Files.readAllLines(port).get(0);
        HttpRequest pages = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + number + "/json/list"))
                .build();
        JsonNode list = RequestFields.JSON.readTree(HttpClient.newHttpClient()
                .send(pages, HttpResponse.BodyHandlers.ofString())
                .body());
        for (JsonNode page : list) {
            if (page.get("type").asText().equals("page")) {
                return new Browser(process, page.get("webSocketDebuggerUrl").asText());
            }
        }
        throw new IOException("The browser has no page: " + list);
    }

    private JsonNode call(String method, ObjectNode params) {
        int number = numbers.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(number, answer);
        ObjectNode message = RequestFields.JSON.createObjectNode();
        message.put("id", number).put("method", method).set("params", params);
        socket.sendText(message.toString(), true).join();
        return answer.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
    }

    private static ObjectNode params() {
        return RequestFields.JSON.createObjectNode();
    }

    void open(String address) {
        call("Page.navigate", params().put("url", address));
    }

    /** The value of a script on the page; promises are awaited. */
    JsonNode say(String script) {
        ObjectNode params = params().put("expression", script).put("awaitPromise", true);
        JsonNode result = call("Runtime.evaluate", params.put("returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(script + ": " + result);
        }
        return result.at("/result/value");
    }

    /** Waits until a script is true. */
    void until(String script) throws InterruptedException {
        for (int i = 0; i < WAIT_SECONDS * 10; i++) {
            // A page that is not there yet has nothing to look at.
            if (say("(() => { try { return Boolean(" + script + "); } catch { return false; } })()")
                    .asBoolean()) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("Never: " + script + " in " + say("document.body.innerText"));
    }

    /** Clicks the first element of a kind that says so. */
    void click(String selector, String words) throws InterruptedException {
        String found = "[...document.querySelectorAll('" + selector + "')].find(each => each.textContent.includes('"
                + words + "') && !each.disabled)";
        until(found);
        say(found + ".click()");
    }

    /** Fills in the field whose label begins so. */
    void fill(String label, String value) {
        say(
                "(() => { const field = [...document.querySelectorAll('label')].find(each => each.textContent.startsWith('"
                        + label + "')).querySelector('input, select, textarea'); field.value = '" + value
                        + "'; for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true })); })()");
    }

    /** Dark or light, as somebody's system says. */
    void dark(boolean is) {
        ObjectNode params = params();
        params.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", is ? "dark" : "light");
        call("Emulation.setEmulatedMedia", params);
    }

    /** A picture of the whole page at a width. */
    void picture(int width, Path file) throws IOException {
        call(
                "Emulation.setDeviceMetricsOverride",
                params().put("width", width)
                        .put("height", 900)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", width < 600));
        say("new Promise(done => setTimeout(done, 700))");
        double height =
                Math.min(2400, say("document.documentElement.scrollHeight").asDouble());
        ObjectNode params = params().put("captureBeyondViewport", true);
        params.putObject("clip")
                .put("x", 0)
                .put("y", 0)
                .put("width", width)
                .put("height", height)
                .put("scale", 1);
        JsonNode shot = call("Page.captureScreenshot", params);
        Files.write(file, Base64.getDecoder().decode(shot.get("data").asText()));
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    /** Answers by the numbers of their questions; events are not listened to. */
    private final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    JsonNode message = RequestFields.JSON.readTree(text.toString());
                    CompletableFuture<JsonNode> waiting =
                            asked.remove(message.path("id").asInt());
                    if (waiting != null) {
                        waiting.complete(message.has("result") ? message.get("result") : message);
                    }
                } catch (IOException broken) {
                    List.copyOf(asked.values()).forEach(each -> each.completeExceptionally(broken));
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
