package io.inkstone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Code in the documentation is code that the build compiles and runs. */
class SnippetsTest {
    private static final Path PAGE = Path.of("../docs/use-as-a-library.md");
    private static final Path SOURCE = Path.of("src/test/java/io/inkstone/examples/DrawFromARun.java");

    @Test
    void theLibraryPageShowsTheExample() throws IOException {
        String source = Files.readString(SOURCE);
        String example =
                between(source, "    // docs: begin\n", "    // docs: end\n").indent(-4);
        String imports = source.lines()
                .filter(line -> line.startsWith("import "))
                .map(line -> line + "\n")
                .reduce("", String::concat);
        assertThat(Files.readString(PAGE)).contains("```java\n" + imports + "\n" + example + "```\n");
    }

    @Test
    void theSamplerPageShowsTheSource() throws IOException {
        String source = Files.readString(Path.of("src/main/java/io/inkstone/diffusion/sampler/HeunSampler.java"));
        assertThat(Files.readString(Path.of("../docs/add-a-sampler.md")))
                .contains("```java\n" + source.substring(source.indexOf("/**\n")) + "```\n");
    }

    private static String between(String text, String begin, String end) {
        assertThat(text).contains(begin, end);
        return text.substring(text.indexOf(begin) + begin.length(), text.indexOf(end));
    }
}
