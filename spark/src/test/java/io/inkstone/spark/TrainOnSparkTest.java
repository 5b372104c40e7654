package io.inkstone.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.data.DarkAndBright;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.TinyRun;
import io.inkstone.run.TrainingRun;
import io.inkstone.train.Listener;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranks as tasks: threads of one JVM here, executors of a cluster in {@code bench/spark-cluster}. */
class TrainOnSparkTest {
    @TempDir
    static Path folder;

    private static SparkSession spark;
    private static Recipe recipe;

    @BeforeAll
    static void start() throws IOException {
        spark = LocalSpark.session();
        recipe = TinyRun.recipe(DarkAndBright.write(folder, 80, 8, 3), "train.epochs=2");
    }

    @Test
    void oneRankTrainsTheRunThatAProcessTrains() throws IOException {
        Path alone = TinyRun.train(recipe, folder.resolve("alone"));
        TrainOnSpark.Trained trained = TrainOnSpark.of(recipe).run(spark, folder.resolve("one"));
        assertThat(trained.attempts()).isEqualTo(1);
        assertThat(weights(trained.run())).isEqualTo(weights(alone));
    }

    @Test
    void aFailedTaskBeginsTheStageAgainFromTheLastCheckpoint() throws IOException {
        Path whole = TrainOnSpark.of(recipe)
                .ranks(2)
                .run(spark, folder.resolve("two"))
                .run();
        TrainOnSpark.Trained broken = TrainOnSpark.of(recipe)
                .ranks(2)
                .with((place, attempt) -> place.leads() || attempt > 0 ? List.of() : List.of(new FailsAt(11)))
                .run(spark, folder.resolve("broken"));
        assertThat(broken.attempts()).isEqualTo(2);
        assertThat(weights(broken.run())).isEqualTo(weights(whole));
    }

    @Test
    void aCancelledTrainingIsSavedAndLeavesTheExecutorFit() throws Exception {
        Path out = folder.resolve("cancelled");
        CompletableFuture<Void> cancelled = CompletableFuture.runAsync(() -> {
            spark.sparkContext().setJobGroup("long", "a training that nobody wants", true);
            TrainOnSpark.of(TinyRun.recipe(folder.resolve("pictures.npy"), "train.epochs=5000"))
                    .ranks(2)
                    .run(spark, out);
        });
        while (!Files.exists(out.resolve("checkpoints/latest"))) {
            assertThat(cancelled).isNotDone();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        spark.sparkContext().cancelJobGroup("long");
        assertThatThrownBy(cancelled::join).hasRootCauseInstanceOf(SparkException.class);
        TrainOnSpark.Trained after = TrainOnSpark.of(recipe).ranks(2).run(spark, folder.resolve("after"));
        assertThat(after.attempts()).isEqualTo(1);
        assertThat(TrainingRun.resumable(out)).isTrue();
    }

    @Test
    void whatNoAttemptWouldMendIsSaidOnce() {
        assertThatThrownBy(() -> TrainOnSpark.of(
                                recipe.withSource(folder.resolve("nowhere").toString()))
                        .ranks(2)
                        .run(spark, folder.resolve("refused")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> TrainOnSpark.of(recipe).ranks(3))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("3 processes cannot share a batch of 10");
        assertThatThrownBy(() -> TrainOnSpark.of(recipe).ranks(5).run(spark, folder.resolve("many")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("start it with local[5]");
    }

    private static byte[] weights(Path run) throws IOException {
        return Files.readAllBytes(TinyRun.checkpoint(run, 16).resolve("ema.safetensors"));
    }

    /** Breaks a rank after a step. */
    private record FailsAt(long step) implements Listener {
        @Override
        public void stepped(Trainer trainer, StepReport report) {
            if (report.position().step() == step) {
                throw new IllegalStateException("broken at step " + step);
            }
        }
    }
}
