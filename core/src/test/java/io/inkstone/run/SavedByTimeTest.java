package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.recipe.Recipe;
import io.inkstone.run.checkpoint.CheckpointTensors;
import io.inkstone.run.checkpoint.Checkpoints;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.train.Listener;
import io.inkstone.train.OpenStep;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Checkpoints by time are written beside training, inside of epochs and steps, and go when newer ones are there. */
class SavedByTimeTest extends TinyDataTest {
    /** After every batch: never lets less than a millisecond pass. */
    private static final String ALWAYS = "train.saveEveryMinutes=0.00001";

    @Test
    void aKillInsideOfAnAccumulatedStepLosesLittle() throws IOException {
        Recipe recipe = TinyRun.recipe(data, ALWAYS, "train.accumulate=7", "train.epochs=1");
        Path killed = folder.resolve("killed");
        Path straight = folder.resolve("straight");
        try (TrainingRun run = TinyRun.start(recipe, straight)) {
            run.train(List.of(new Listener() {
                @Override
                public void accumulated(Trainer trainer, OpenStep report) {
                    if (trainer.position().batches() == 10) {
                        awaitCopy(straight, killed);
                    }
                }
            }));
        }
        try (TrainingRun run = TinyRun.reopen(killed)) {
            assertThat(run.trainer().position().batches()).isBetween(1L, 10L);
            assertThat(run.trainer().position().inEpoch()).isPositive();
            run.train(List.of());
        }
        String last = "checkpoints/step-000002+6";
        CheckpointTensors.assertSame(killed.resolve(last), straight.resolve(last));
        assertThat(folders(straight))
                .containsExactly("step-000002+6"); // those by time went, though all others are kept
    }

    /** A copy of the run as a kill would leave it: after the first checkpoint, at a time when no file is being moved. */
    private static void awaitCopy(Path run, Path to) {
        try {
            while (!Files.exists(run.resolve("checkpoints/latest"))) {
                Thread.onSpinWait();
            }
            for (int tried = 0; ; tried++) {
                try {
                    copy(run, to);
                    return;
                } catch (java.nio.file.NoSuchFileException moved) {
                    Checkpoints.delete(to);
                    assertThat(tried).isLessThan(1000);
                }
            }
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        } catch (java.io.UncheckedIOException moved) {
            throw moved.getCause();
        }
    }

    private static List<String> folders(Path run) {
        return new Checkpoints(RunDirectory.existing(run))
                .folders().stream().map(path -> path.getFileName().toString()).toList();
    }

    @Test
    void noneIsWrittenWhereNoneIsWanted() {
        AtomicBoolean seen = new AtomicBoolean();
        Recipe recipe = TinyRun.recipe(data, "train.saveEveryMinutes=0", "train.epochs=1");
        Path out = folder.resolve("run");
        try (TrainingRun run = TinyRun.start(recipe, out)) {
            run.train(List.of(new Listener() {
                @Override
                public void stepped(Trainer trainer, StepReport report) {
                    seen.compareAndSet(
                            false,
                            report.position().inEpoch() > 0 && !folders(out).isEmpty());
                }
            }));
        }
        assertThat(seen).isFalse();
        assertThat(folders(out)).containsExactly("step-000020");
    }

    /** Whoever opens a run that is saved all the time holds what it reads. */
    @Test
    void aRunThatIsSavedAllTheTimeCanBeDrawnFrom() throws InterruptedException {
        Recipe recipe = TinyRun.recipe(data, ALWAYS, "train.epochs=6", "train.keep=1");
        Path out = folder.resolve("run");
        AtomicInteger opened = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        Throwable[] failure = {null};
        Thread reader = new Thread(() -> {
            while (!over.get()) {
                if (TrainingRun.resumable(out)) {
                    try (SavedRun run = SavedRun.open(out, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
                        assertThat(run.metadata()).containsKey("step");
                        assertThat(run.hash()).hasSize(64);
                        assertThat(run.state().position().batches()).isPositive();
                        opened.incrementAndGet();
                    }
                }
            }
        });
        reader.setUncaughtExceptionHandler((thread, wrong) -> failure[0] = wrong);
        reader.start();
        TinyRun.train(recipe, out);
        over.set(true);
        reader.join();
        assertThat(failure[0]).isNull();
        assertThat(opened.get()).isGreaterThan(3);
    }
}
