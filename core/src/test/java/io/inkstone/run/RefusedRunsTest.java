package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.InterruptedWorkException;
import io.inkstone.recipe.Recipe;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.LiveObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs that cannot be trained are refused with a sentence, before anything is written, and leave nothing native. */
class RefusedRunsTest extends TinyDataTest {
    private Path shortRun(int steps) {
        return TinyRun.train(TinyRun.recipe(data, "train.epochs=1"), folder.resolve("run"), steps);
    }

    @Test
    void refusesADirectoryThatExists() {
        Path run = shortRun(1);
        assertThatThrownBy(() -> shortRun(1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("exists already")
                .hasMessageContaining("inkstone resume " + run);
    }

    @Test
    void refusesToResumeWhatIsNoRun() {
        assertThatThrownBy(() -> TinyRun.reopen(folder.resolve("none")))
                .hasMessageContaining("There is no run directory");
        assertThatThrownBy(() -> TinyRun.reopen(folder)).hasMessageContaining("has no recipe.yaml");
    }

    @Test
    void refusesToChangeWhatWasLearnedWith() {
        Path run = shortRun(3);
        assertThatThrownBy(() -> TinyRun.reopen(run, "model.width=16"))
                .hasMessageContaining("'model.width' cannot change when a run goes on")
                .hasMessageContaining("train.epochs");
    }

    @Test
    void aFailedResumeChangesNothing() throws IOException {
        Path run = shortRun(3);
        String before = Files.readString(run.resolve("recipe.yaml"));
        assertThatThrownBy(() -> TinyRun.reopen(run, "data.source=" + folder.resolve("gone")))
                .isInstanceOf(InputException.class);
        assertThat(run.resolve("recipe.yaml")).hasContent(before);
        TinyRun.reopen(run).close();
    }

    @Test
    void wrongPreviewsAreSaidBeforeTraining() {
        Path out = folder.resolve("run");
        assertThatThrownBy(() -> TinyRun.start(TinyRun.recipe(data, "preview.sampler=eulr"), out))
                .hasMessageContaining("There is no sampler 'eulr'");
        assertThat(out).doesNotExist();
    }

    @Test
    void nothingIsWrittenWhenTheDataIsWrong() {
        Path out = folder.resolve("run");
        assertThatThrownBy(() -> TinyRun.start(TinyRun.recipe(folder.resolve("missing")), out))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> TinyRun.start(TinyRun.recipe(data, "data.size=30"), out))
                .hasMessageContaining("divisible by 4, got 30");
        assertThat(out).doesNotExist();
    }

    @Test
    void twoCannotTrainInOneDirectory() throws Exception {
        Path run = shortRun(3);
        try (TrainingRun first = TinyRun.reopen(run)) {
            assertThat(takenByAnotherProcess(run)).isEqualTo("refused");
            assertThatThrownBy(() -> TinyRun.reopen(run))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("Another process trains in " + run);
            assertThat(first.trainer().position().step()).isEqualTo(3);
            // Who was refused here has not taken the lock from who has it.
            assertThat(takenByAnotherProcess(run)).isEqualTo("refused");
        }
        assertThat(takenByAnotherProcess(run)).isEqualTo("taken");
    }

    private static String takenByAnotherProcess(Path run) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Taking.class.getName(),
                        run.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return said.strip();
    }

    /** Says whether a run's directory can be taken from here. */
    static final class Taking {
        public static void main(String[] words) {
            try {
                new RunDirectory(Path.of(words[0])).lock().close();
                System.out.println("taken");
            } catch (IOException | InputException refused) {
                System.out.println("refused");
            }
        }
    }

    /** A profile of a run that is gone on with leaves it as it was, whatever becomes of the profile. */
    @Test
    void aProfileThatIsInterruptedTakesNoTrainedRunAway() {
        Path run = shortRun(3);
        try (TrainingRun again = TinyRun.reopen(run)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(again::profile).isInstanceOf(InterruptedWorkException.class);
        } finally {
            Thread.interrupted();
        }
        assertThat(TrainingRun.resumable(run)).isTrue();
    }

    /** Weights that do not fit, a sampler that does not exist, a directory that is taken: nothing native stays behind. */
    @Test
    void whatFailsOnTheWayIsFreed() {
        Path other =
                TinyRun.train(TinyRun.recipe(data, "train.epochs=1", "model.width=16"), folder.resolve("other"), 1);
        Recipe recipe = TinyRun.recipe(data, "train.epochs=1");
        Path out = folder.resolve("new");
        Runnable failures = () -> {
            assertThatThrownBy(() ->
                            TrainingRun.start(recipe, new TrainingStart(out, Optional.of(other), ComputeDevice.CPU)))
                    .isInstanceOf(InputException.class);
            assertThatThrownBy(() -> TinyRun.start(TinyRun.recipe(data, "preview.sampler=none"), out))
                    .isInstanceOf(InputException.class);
            assertThatThrownBy(() -> TinyRun.start(recipe, other)).hasMessageContaining("exists already");
        };
        failures.run(); // what is made once for all
        long before = LiveObjects.held();
        failures.run();
        assertThat(LiveObjects.held()).isEqualTo(before);
    }
}
