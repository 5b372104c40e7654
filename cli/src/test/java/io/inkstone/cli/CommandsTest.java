package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as users and scripts call them. */
class CommandsTest {
    @TempDir
    static Path folder;

    private static Path sprites;

    @BeforeAll
    static void train() throws IOException {
        Path data = TinyRuns.data(folder);
        sprites = TinyRuns.sprites(folder, data);
    }

    @Test
    void helpNamesTheCommands() {
        assertThat(Terminal.run("--help").out())
                .contains("train", "resume", "sample", "describe", "recipes", "devices");
        assertThat(Terminal.run("train", "--help").out()).contains("--dry-run").contains("inkstone train avatars");
        assertThat(Terminal.run("sample", "--help").out()).contains("dpmpp-2m-sde", "trailing", "--latents");
        assertThat(Terminal.run("evaluate", "--help").out())
                .contains("--guidance-rescale", "--context")
                .doesNotContain("--latents", "--labels");
    }

    @Test
    void describePrintsThePublishedShapes() {
        String out =
                Terminal.run("describe", "sprites", "--input", "32x3x28x28").out();
        assertThat(out)
                .contains("2,021,699")
                .containsSubsequence(
                        "init_conv      [32, 3, 28, 28] -> [32, 64, 28, 28]",
                        "to_vec         [32, 128, 7, 7] -> [32, 128, 1, 1]",
                        "contextembed1  [32, 5] -> [32, 128]",
                        "timeembed1     [1, 1, 1, 1] -> [1, 128]",
                        "up1            [32, 128, 7, 7] -> [32, 64, 14, 14]",
                        "out            [32, 128, 28, 28] -> [32, 3, 28, 28]");
        assertThat(Terminal.run("describe", sprites).out()).contains("total");
    }

    @Test
    void dryRunPrintsAndStops() {
        Terminal dry = Terminal.run("train", "sprites", "--dry-run", "--set", "train.epochs=2");
        assertThat(dry.exit()).isZero();
        assertThat(dry.out())
                .contains("epochs: 2")
                .contains("1,481,027 parameters")
                .contains("MB of memory");
    }

    @Test
    void resultsCanBeJson() {
        assertThat(Terminal.run("recipes", "--json").json().has("sprites")).isTrue();
        assertThat(Terminal.run("devices", "--json").out()).contains("\"cpu\"");
        assertThat(Terminal.run("describe", sprites, "--json")
                        .json()
                        .path("total")
                        .asLong())
                .isPositive();
        Path drawn = folder.resolve("json.png");
        assertThat(Terminal.run("sample", sprites, "--count", 1, "--out", drawn, "--json")
                        .json()
                        .path("file")
                        .asText())
                .isEqualTo(drawn.toString());
    }
}
