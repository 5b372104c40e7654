package io.inkstone.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inkstone.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** How threads wait and take turns. What it gives is measured, not tested: bench/run busy. */
class SharedCoresTest {
    private static final Pattern SLICE = Pattern.compile("se\\.slice\\s*:\\s*(\\d+)");

    @Test
    void whoSaidSomethingOfWaitingIsHeeded() {
        assertThat(SharedCores.waitIsChosen(Map.of())).isFalse();
        assertThat(SharedCores.waitIsChosen(Map.of("GOMP_SPINCOUNT", "0"))).isTrue();
        assertThat(SharedCores.waitIsChosen(Map.of("OMP_WAIT_POLICY", "active")))
                .isTrue();
    }

    @Test
    void aTurnIsWhatTheKernelTakesOrASentence() {
        assertThat(SharedCores.sliceMicroseconds(Map.of())).isEqualTo(100);
        assertThat(slice("0")).isZero();
        assertThat(slice(" 3000 ")).isEqualTo(3000);
        for (String wrong : List.of("", "99", "100001", "-1", "1e3", "short", "99999999999")) {
            assertThatThrownBy(() -> slice(wrong))
                    .isInstanceOf(InputException.class)
                    .hasMessage(
                            "INKSTONE_SLICE_MICROSECONDS is \"" + wrong
                                    + "\": give the microseconds of a turn, 100 to 100000, or 0 to leave the scheduler's turns as they are.");
        }
    }

    private static int slice(String told) {
        return SharedCores.sliceMicroseconds(Map.of("INKSTONE_SLICE_MICROSECONDS", told));
    }

    /** Threads from before and after loading, libgomp's own too. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void allThreadsTakeShortTurns() throws Exception {
        assumeTrue(slices().findAny().isPresent(), "this kernel does not say how long turns are");
        assumeTrue(takesSlices(System.getProperty("os.version")), "this kernel takes no lengths of turns");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                        java, "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), Slices.class.getName())
                .redirectErrorStream(true);
        builder.environment().put("OMP_NUM_THREADS", "3");
        builder.environment().put("INKSTONE_SLICE_MICROSECONDS", "700");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        List<String> slices =
                output.lines().filter(line -> line.startsWith("slice")).toList();
        assertThat(slices).hasSizeGreaterThan(5);
        assertThat(slices).as(output).containsOnly("slice 700000");
    }

    /** From 6.12 on. */
    private static boolean takesSlices(String kernel) {
        String[] numbers = kernel.split("[^0-9]+");
        int major = Integer.parseInt(numbers[0]);
        return major > 6 || major == 6 && Integer.parseInt(numbers[1]) >= 12;
    }

    private static Stream<String> slices() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            return threads
                    .map(thread -> thread.resolve("sched"))
                    .filter(Files::isReadable)
                    .flatMap(SharedCoresTest::lines)
                    .map(SLICE::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .toList()
                    .stream();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException ended) {
            return Stream.empty();
        }
    }

    /** Loads libtorch, has three threads work, and says how long the turns of all threads are. */
    static final class Slices {
        public static void main(String[] none) throws IOException {
            NativeLibrary.load();
            try (Scope scope = Scope.open()) {
                Tensors.toDouble(torch.ones(500, 500).mul(torch.ones(500, 500)).sum());
            }
            slices().forEach(slice -> System.out.println("slice " + slice));
        }
    }
}
