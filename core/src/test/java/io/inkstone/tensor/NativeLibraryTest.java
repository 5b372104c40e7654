package io.inkstone.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first use on a machine: nothing unpacked yet, and two programs that start at once. */
class NativeLibraryTest {
    @TempDir
    Path cache;

    @Test
    void twoProcessesStartOnAnEmptyCache() throws Exception {
        List<Process> processes = List.of(start(), start());
        for (Process process : processes) {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.exitValue()).as(output).isZero();
            assertThat(output).contains("sum 6.0");
        }
        try (Stream<Path> files = Files.walk(cache)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("libtorch_cpu.so", "libopenblas.so.0");
        }
    }

    private Process start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-Dorg.bytedeco.javacpp.cachedir=" + cache,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sum.class.getName())
                .redirectErrorStream(true)
                .start();
    }

    /** The program that both processes run. */
    static final class Sum {
        public static void main(String[] none) {
            try (Scope scope = Scope.open()) {
                System.out.println("sum "
                        + Tensors.toDouble(Tensors.of(new float[] {1, 2, 3}, 3).sum()));
            }
        }
    }
}
