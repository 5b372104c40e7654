package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.InterruptedWorkException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            return 1;
        });
        assertThat(exit).isEqualTo(130);
        assertThat(done).containsExactly("stopped");
        assertThat(Thread.interrupted()).isFalse();
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
        Terminal.run(
                        "train",
                        "sprites-unconditional",
                        "--out",
                        run,
                        "--set",
                        "model.width=8",
                        "--set",
                        "train.epochs=1",
                        "--set",
                        "train.batch=500",
                        "--set",
                        "preview.count=1",
                        "--set",
                        "preview.steps=1")
                .succeeded();
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
