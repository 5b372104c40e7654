package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {
    @TempDir
    Path folder;

    /** Wherever a kill cuts the last line, the lines before it are read, and the next one stands on its own. */
    @Test
    void linesThatWereCutShortArePassedOver() throws Exception {
        Path file = folder.resolve("lines.jsonl");
        byte[] cut = "{\"step\":2,\"losses\":{\"größe\":1},\"rate\":1}".getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < cut.length; length++) {
            Files.writeString(file, "{\"step\":1}\n");
            Files.write(file, Arrays.copyOf(cut, length), java.nio.file.StandardOpenOption.APPEND);
            assertThat(steps(file)).as("cut at %d", length).containsExactly(1);
            JsonLines.append(file, "{\"step\":3}");
            JsonLines.append(file, "{\"step\":4}");
            assertThat(steps(file)).as("cut at %d", length).containsExactly(1, 3, 4);
        }
    }

    @Test
    void whatIsNoObjectIsNoLine() throws Exception {
        Path file = folder.resolve("lines.jsonl");
        assertThat(JsonLines.read(file)).isEmpty();
        Files.writeString(file, "\n12\n[1]\nx\n");
        assertThat(JsonLines.read(file)).isEmpty();
        JsonLines.append(file, "{\"step\":5}");
        assertThat(steps(file)).containsExactly(5);
    }

    private static List<Integer> steps(Path file) {
        return JsonLines.read(file).stream()
                .map(line -> line.path("step").asInt())
                .toList();
    }
}
