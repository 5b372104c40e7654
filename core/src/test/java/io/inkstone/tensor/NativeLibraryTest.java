package io.inkstone.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;
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

    /** Its processors are those that the JVM may use; a number that somebody chose stays. */
    @Test
    void startsNoMoreThreadsThanTheProcessHasProcessors() throws Exception {
        assertThat(NativeLibrary.threads(8, 2, false)).isEqualTo(2);
        assertThat(NativeLibrary.threads(8, 2, true)).isEqualTo(8);
        assertThat(NativeLibrary.threads(4, 8, false)).isEqualTo(4);
        Process process = start(Threads.class, "-XX:ActiveProcessorCount=1");
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output.lines().filter(line -> line.startsWith("threads")))
                .as(output)
                .containsExactly("threads 1", "threads 1");
    }

    /** A cache that cannot be written is told in a sentence; once it can, the same JVM goes on. */
    @Test
    void triesAgainAfterAFailure() throws Exception {
        Files.createDirectory(cache.resolve(".inkstone.lock"));
        Process process = start(Again.class, "-Dorg.bytedeco.javacpp.cachedir=" + cache);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output.lines().filter(line -> line.startsWith("InputException")))
                .as(output)
                .hasSize(2)
                .allMatch(line -> line.contains("cannot be unpacked into " + cache)
                        && line.contains("-Dorg.bytedeco.javacpp.cachedir=FOLDER"));
        assertThat(output).contains("sum 6.0");
    }

    private Process start() throws IOException {
        return start(Sum.class, "-Dorg.bytedeco.javacpp.cachedir=" + cache);
    }

    private static Process start(Class<?> program, String option) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                        java, option, "-cp", System.getProperty("java.class.path"), program.getName())
                .redirectErrorStream(true);
        builder.environment().remove("OMP_NUM_THREADS");
        return builder.start();
    }

    /** Says how many threads share an operation, on the thread that loaded the library and on another. */
    static final class Threads {
        public static void main(String[] none) throws InterruptedException {
            NativeLibrary.load();
            System.out.println("threads " + torch.get_num_threads());
            Thread other = new Thread(() -> System.out.println("threads " + torch.get_num_threads()));
            other.start();
            other.join();
        }
    }

    /** Tries twice what cannot work, makes it work, and tries again. */
    static final class Again {
        public static void main(String[] none) throws IOException {
            for (int i = 0; i < 2; i++) {
                try {
                    Sum.main(none);
                } catch (InputException refused) {
                    System.out.println("InputException " + refused.getMessage());
                }
            }
            Files.delete(Path.of(System.getProperty("org.bytedeco.javacpp.cachedir"), ".inkstone.lock"));
            Sum.main(none);
        }
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
