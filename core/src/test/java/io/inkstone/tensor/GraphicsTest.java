package io.inkstone.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        assertThat(new Graphics(Optional.empty(), false, List.of(), 0).words())
                .isEqualTo("No GPU: there is no NVIDIA driver here.");
        assertThat(new Graphics(Optional.empty(), true, List.of(), 0).words())
                .contains("libraries are here, but no NVIDIA driver");
        assertThat(new Graphics(DRIVER, false, List.of(), 0).words())
                .contains("(NVRM version: 570.1)")
                .endsWith("those for CPUs: INKSTONE_PLATFORM=linux-x86_64-gpu takes those for CUDA.");
        assertThat(new Graphics(DRIVER, true, List.of(), 0).words()).contains("libtorch finds no device");
        assertThat(new Graphics(Optional.empty(), true, List.of("libcublas.so.13", "libnccl.so.2"), 0).words())
                .contains(
                        "does not find libcublas.so.13, libnccl.so.2 (LD_LIBRARY_PATH), and there is no NVIDIA driver.");
        assertThat(new Graphics(DRIVER, true, List.of("libcublas.so.13"), 0).words())
                .contains("and the driver is NVRM version: 570.1.");
        assertThat(new Graphics(DRIVER, true, List.of(), 2).words()).isEqualTo("2 CUDA devices can be computed on.");
    }

    @Test
    void looksForLibrariesWhereTheLinkerDoes() {
        assumeTrue(System.getProperty("os.name").equals("Linux"));
        assertThat(Graphics.missing(List.of("libm.so.6", "libnobody.so.13"))).containsExactly("libnobody.so.13");
    }

    /** As Java says it: the reason is that of the last cause. */
    @Test
    void saysWhatLibtorchForCudaNeeds() {
        LinkageError failure = new UnsatisfiedLinkError("no jnitorch in java.library.path");
        failure.initCause(new UnsatisfiedLinkError(
                "/cache/libjnitorch.so: libcupti.so.13: cannot open shared object file: No such file or directory"));
        assertThat(NativeLibrary.notLoaded(failure, true))
                .startsWith("libtorch for CUDA cannot be loaded: libcupti.so.13 is not found.");
        assertThat(NativeLibrary.notLoaded(failure, false)).contains("libcupti.so.13: cannot open", "lacks a library");
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
