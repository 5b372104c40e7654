package io.inkstone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.serve.examples.LangChain4jClient;
import io.inkstone.serve.examples.OpenAiClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/serve.md says what the build compiles and runs. */
class ServePageTest {
    @ParameterizedTest
    @ValueSource(strings = {"OpenAiClient", "LangChain4jClient"})
    void thePageShowsTheExamples(String name) throws Exception {
        String source = Files.readString(Path.of("src/test/java/io/inkstone/serve/examples", name + ".java"));
        String begin = "    // docs: begin\n";
        String example = source.substring(source.indexOf(begin) + begin.length(), source.indexOf("    // docs: end\n"))
                .indent(-4);
        String imports = source.lines()
                .filter(line -> line.startsWith("import "))
                .map(line -> line + "\n")
                .reduce("", String::concat);
        assertThat(Files.readString(Path.of("../docs/serve.md")))
                .contains("```java\n" + imports + "\n" + example + "```\n");
    }

    @Test
    void theyDrawTheSamePicture(@TempDir Path data) throws Exception {
        try (Server server = Server.start(ServeSettings.of(Trained.runs(), data))) {
            byte[] one = OpenAiClient.draw(server.address(), "tiny", "1");
            assertThat(LangChain4jClient.draw(server.address(), "tiny", "1")).isEqualTo(one);
        }
    }

    /** Every file that the studio's page asks for is there, and comes from here alone. */
    @Test
    void theStudioNeedsNoNetwork(@TempDir Path data) throws Exception {
        try (Server server = Server.start(ServeSettings.of(data.resolve("none"), data.resolve("data")))) {
            Asking ask = new Asking(server);
            Asking.Answer page = ask.get("/");
            assertThat(page.text()).contains("studio.js").doesNotContain("http:", "https:");
            assertThat(page.header("Content-Security-Policy")).contains("default-src 'self'");
            for (String file : new String[] {
                "studio.js",
                "studio.css",
                "words.js",
                "base.js",
                "runs.js",
                "evaluations.js",
                "draw.js",
                "gallery.js",
                "icon.svg",
                "uplot/uPlot.esm.js",
                "uplot/uPlot.min.css",
                "uplot/LICENSE"
            }) {
                assertThat(ask.get("/" + file).status()).as(file).isEqualTo(200);
            }
            assertThat(ask.get("/studio.js").header("Content-Type")).startsWith("text/javascript");
        }
    }
}
