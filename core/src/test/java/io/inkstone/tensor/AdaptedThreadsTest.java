package io.inkstone.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many threads fit beside others. What it gives is measured, not tested: docs/performance.md. */
class AdaptedThreadsTest {
    private static int after(AdaptedThreads threads, int samples, double inUse) {
        int fits = 0;
        for (int i = 0; i < samples; i++) {
            fits = threads.sample(inUse, Neighbours.isCrowded(false, inUse));
        }
        return fits;
    }

    @ParameterizedTest
    @CsvSource({"2, 0, 2", "2, 0.2, 2", "2, 0.5, 1", "2, 1, 1", "2, 2, 1", "16, 0.5, 15", "16, 3, 13", "1, 1, 1"})
    void asManyAsProcessorsAreFree(int all, double inUse, int fits) {
        assertThat(after(new AdaptedThreads(all), 4, inUse)).isEqualTo(fits);
    }

    @Test
    void whoComesForAMomentChangesNothing() {
        AdaptedThreads threads = new AdaptedThreads(2);
        assertThat(after(threads, 4, 0)).isEqualTo(2);
        assertThat(after(threads, 3, 1)).isEqualTo(1);
        assertThat(after(threads, 1, 0)).isEqualTo(2);
    }

    @Test
    void nothingWhereNobodyAsked() {
        assertThat(after(new AdaptedThreads(0), 9, 1)).isZero();
        assertThat(AdaptedThreads.wanted(Map.of())).isFalse();
        assertThat(AdaptedThreads.wanted(Map.of("INKSTONE_THREADS", "adaptive")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "Adaptive!", "yes"})
    void anythingElseIsRefused(String told) {
        Map<String, String> environment = Map.of("INKSTONE_THREADS", told);
        assertThatThrownBy(() -> AdaptedThreads.wanted(environment))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(told)
                .hasMessageContaining("OMP_NUM_THREADS");
    }

    /** In a process of its own: what is computed after a step's beginning is shared by fewer threads while others work. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void stepsBesideOthersTakeFewerThreads() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                        java,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TwoThreads.class.getName())
                .redirectErrorStream(true);
        builder.environment().put("OMP_NUM_THREADS", "2");
        builder.environment().put("INKSTONE_THREADS", "adaptive");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(output.lines()).containsExactly("2", "1", "2");
    }

    /** Prints the threads of a quiet machine, beside others, and when they have left. */
    static final class TwoThreads {
        public static void main(String[] none) {
            NativeLibrary.load();
            for (double inUse : new double[] {0, 1, 0}) {
                after(AdaptedThreads.current(), 4, inUse);
                AdaptedThreads.fit();
                System.out.println(torch.get_num_threads());
            }
        }
    }
}
