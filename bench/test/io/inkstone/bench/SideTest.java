package io.inkstone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SideTest {
    @Test
    void aShellTimesWholeProcesses() throws IOException {
        Path log = Files.createTempDirectory("side").resolve("log");
        double milliseconds = Side.timed(program("sleep 0.2; echo done"), log);
        assertThat(milliseconds).isBetween(200.0, 60_000.0);
        assertThat(Files.readString(log)).isEqualTo("done\n");
    }

    @Test
    void aFailureIsToldInItsOwnWords() throws IOException {
        Path log = Files.createTempDirectory("side").resolve("log");
        assertThatThrownBy(() -> Side.timed(program("echo no weights >&2; exit 3"), log))
                .isInstanceOf(IOException.class)
                .hasMessage("no weights");
    }

    private static Side.Start program(String script) {
        return new Side.Start("program", List.of("bash", "-c", script), Map.of());
    }
}
