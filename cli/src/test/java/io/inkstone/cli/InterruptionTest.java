package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.InterruptedWorkException;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterruptionTest {
    @TempDir
    Path folder;

    @Test
    void aCommandThatNobodyInterruptsKeepsItsExitCode() {
        assertThat(Interruption.during(() -> 7)).isEqualTo(7);
        assertThat(Interruption.pressed()).isFalse();
    }

    @Test
    void workInBatchesSeesIt() {
        List<String> done = new ArrayList<>();
        int exit = Interruption.during(() -> {
            Interruption.pressed();
            try {
                InterruptedWorkException.check();
                done.add("a batch");
            } catch (InterruptedWorkException asked) {
                done.add("stopped");
            }
            return 0;
        });
        assertThat(exit).isEqualTo(130);
        assertThat(done).containsExactly("stopped");
        assertThat(Thread.interrupted()).isFalse();
    }

    /** "Interrupted and saved" is not said of a save that failed. */
    @Test
    void aFailureKeepsItsExitCode() {
        assertThat(Interruption.during(() -> {
                    Interruption.pressed();
                    return 1;
                }))
                .isEqualTo(1);
    }

    /** Leaves with the exit code that it is given, once somebody asks it to. */
    static final class Leaving {
        public static void main(String[] words) {
            System.exit(Interruption.during(() -> {
                System.out.println("ready");
                while (!Interruption.requested()) {
                    Thread.onSpinWait();
                }
                return Integer.parseInt(words[0]);
            }));
        }
    }

    /** A signal ends the JVM with its own code, unless the command went wrong meanwhile. */
    @ParameterizedTest
    @CsvSource({"0, 143", "1, 1"})
    @DisabledOnOs(OS.WINDOWS)
    void aProcessThatIsAskedToLeaveTellsAFailure(int code, int expected) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Leaving.class.getName(),
                        String.valueOf(code))
                .start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("ready");
            process.destroy();
            assertThat(process.waitFor()).isEqualTo(expected);
        }
    }

    /** Training is asked instead, once, also if Ctrl-C came just before it began; its thread is left alone. */
    @Test
    void trainingIsAskedInstead() {
        List<String> asked = new ArrayList<>();
        int exit = Interruption.during(() -> {
            try (Interruption.Instead training = Interruption.instead(() -> asked.add("first"))) {
                Interruption.pressed();
            }
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            try (Interruption.Instead training = Interruption.instead(() -> asked.add("second"))) {
                assertThat(Interruption.requested()).isTrue();
            }
            return 0;
        });
        assertThat(exit).isEqualTo(130);
        assertThat(asked).containsExactly("first", "second");
    }

    /** As from the keyboard, again and again from the first moment: a long command ends, says so, and writes nothing. */
    @Test
    void aCommandEndsBetweenTwoBatches() throws InterruptedException {
        Path run = folder.resolve("run");
        TinyRuns.train(
                "sprites-unconditional",
                "avatars",
                run,
                "model.width=8",
                "train.batch=500",
                "preview.count=1",
                "preview.steps=1");
        Path out = folder.resolve("many.npy");
        Terminal[] ended = new Terminal[1];
        Thread command = new Thread(() -> ended[0] = Terminal.run("sample", run, "--count", 1_000_000, "--out", out));
        command.start();
        while (command.isAlive()) {
            Interruption.pressed();
            command.join(20);
        }
        assertThat(ended[0].exit()).isEqualTo(130);
        assertThat(ended[0].err()).contains("inkstone: Interrupted: what was not finished was not written.");
        assertThat(folder.toFile().list()).containsExactly("run");
    }
}
