package io.inkstone.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphicsTest {
    private static final Optional<String> DRIVER = Optional.of("NVRM version: 570.1");

    @TempDir
    private Path folder;

    /** Each way to have none asks for something else. */
    @Test
    void saysWhatIsMissing() {
        assertThat(new Graphics(Optional.empty(), false, 0).words())
                .isEqualTo("No GPU: there is no NVIDIA driver here.");
        assertThat(new Graphics(Optional.empty(), true, 0).words())
                .contains("libraries are here, but no NVIDIA driver");
        assertThat(new Graphics(DRIVER, false, 0).words())
                .contains("(NVRM version: 570.1)")
                .endsWith("those for CPUs.");
        assertThat(new Graphics(DRIVER, true, 0).words()).contains("libtorch finds no device");
        assertThat(new Graphics(DRIVER, true, 2).words()).isEqualTo("2 CUDA devices can be computed on.");
    }

    @Test
    void readsTheDriversFirstLine() throws IOException {
        Path file = Files.writeString(folder.resolve("version"), "NVRM version: 570.1 \nGCC version: 12\n");
        assertThat(Graphics.driver(file)).isEqualTo(DRIVER);
        assertThat(Graphics.driver(folder.resolve("none"))).isEmpty();
    }

    @Test
    void agreesWithTheDevices() {
        assertThat(Graphics.here().devices())
                .isEqualTo(ComputeDevice.available().size() - 1);
    }
}
