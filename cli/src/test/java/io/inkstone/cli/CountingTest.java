package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is said of long work where nobody sits at a terminal. */
class CountingTest {
    @Test
    void longWorkSaysALineNowAndThen() {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            for (int second = 1; second <= 100; second++) {
                Counting.inLines("step", second, 100, TimeUnit.SECONDS.toNanos(second));
            }
            for (int second = 1; second <= 20; second++) { // the next work is short
                Counting.inLines("step", second, 20, TimeUnit.SECONDS.toNanos(200 + second));
            }
        } finally {
            System.setErr(before);
        }
        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("step 31/100", "step 61/100", "step 91/100");
    }
}
