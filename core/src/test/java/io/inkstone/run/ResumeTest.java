package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.inkstone.layers.KernelChoices;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.checkpoint.CheckpointTensors;
import io.inkstone.run.checkpoint.Checkpoints;
import io.inkstone.tensor.Hardware;
import io.inkstone.train.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that was stopped and goes on ends with the bytes of one that was not. */
class ResumeTest extends TinyDataTest {
    /** Thirty steps, a stop in the middle of an epoch, and thirty more are sixty steps: byte for byte. */
    @ParameterizedTest
    @ValueSource(strings = {"float32", "bfloat16"})
    void goesOnBitForBit(String precision) throws IOException {
        Recipe recipe = TinyRun.recipe(data, "train.precision=" + precision);
        Path straight = TinyRun.train(recipe, folder.resolve("straight"));
        Path stopped = TinyRun.train(recipe, folder.resolve("stopped"), 30);
        try (TrainingRun run = TinyRun.reopen(stopped)) {
            assertThat(run.trainer().position().step()).isEqualTo(30);
            assertThat(run.warnings()).isEmpty();
            run.train(List.of());
        }
        CheckpointTensors.assertSame(TinyRun.checkpoint(stopped, 60), TinyRun.checkpoint(straight, 60));
        assertThat(Files.readAllLines(stopped.resolve("metrics.jsonl")).stream()
                        .filter(line -> line.contains("picturesPerSecond")))
                .hasSize(60);
    }

    /** When bfloat16 pays is judged by each version; a run that began in it goes on in it, and says auto as before. */
    @Test
    void autoStaysWhatItMeantWhenTheRunBegan() throws IOException {
        assumeTrue(Hardware.here().hasBfloat16(), "skipped: bfloat16 would be emulated on this processor");
        Recipe recipe = TinyRun.recipe(data, "train.precision=bfloat16");
        Path straight = TinyRun.train(recipe, folder.resolve("straight"));
        Path stopped = TinyRun.train(recipe, folder.resolve("stopped"), 30);
        Path written = stopped.resolve("recipe.yaml");
        Files.writeString(written, Files.readString(written).replace("precision: bfloat16", "precision: auto"));
        try (TrainingRun run = TinyRun.reopen(stopped)) {
            assertThat(run.warnings()).isEmpty();
            run.train(List.of());
        }
        Path last = TinyRun.checkpoint(stopped, 60);
        CheckpointTensors.assertSameNumbers(last, TinyRun.checkpoint(straight, 60));
        assertThat(CheckpointTensors.head(last)).contains("precision: auto");
        assertThat(Files.readString(written)).contains("precision: auto");
    }

    /** The gradients of an unfinished step are part of what is saved. */
    @Test
    void goesOnInsideAnAccumulatedStep() throws IOException {
        Recipe recipe = TinyRun.recipe(data, "train.accumulate=7", "train.epochs=1");
        Path straight = TinyRun.train(recipe, folder.resolve("straight"));
        Path stopped = folder.resolve("stopped");
        try (TrainingRun run = TinyRun.start(recipe, stopped)) {
            // Asked in the third batch of step 2, it stops after that one.
            int[] begun = {0};
            run.trainer().clock(stage -> {
                if (stage == Stage.FORWARD && ++begun[0] == 10) {
                    run.trainer().stop();
                }
            });
            run.train(List.of());
        }
        assertThat(stopped.resolve("checkpoints/step-000001+3/gradients.safetensors"))
                .exists();
        try (TrainingRun run = TinyRun.reopen(stopped)) {
            assertThat(run.trainer().position().batches()).isEqualTo(10);
            run.train(List.of());
            assertThat(run.trainer().position().step()).isEqualTo(2);
            assertThat(run.trainer().position().accumulated()).isEqualTo(6);
        }
        String last = "checkpoints/step-000002+6";
        assertThat(stopped.resolve(last).resolve("gradients.safetensors")).exists();
        CheckpointTensors.assertSame(stopped.resolve(last), straight.resolve(last));
    }

    /** Two optimizers, noise in the network, moved and mirrored pictures, norms' statistics: all of it is in the checkpoint. */
    @ParameterizedTest
    @ValueSource(strings = {"dnn", "gan", "vae", "classifier"})
    void everyFamilyGoesOnBitForBit(String family) throws IOException {
        List<String> overrides = new ArrayList<>(List.of(
                "train.batch=10",
                "train.epochs=2",
                "train.saveEveryEpochs=1",
                "train.precision=float32",
                "preview.everySteps=0",
                "preview.count=2"));
        overrides.addAll(
                switch (family) {
                    case "vae" -> List.of("model.channels=[4,8]", "model.latent=3");
                    case "classifier" -> List.of("model.channels=[4,8]");
                    default -> List.of("model.latent=3");
                });
        Recipe recipe = Recipes.load("fashion-" + family, overrides).withSource(data.toString());
        Path straight = TinyRun.train(recipe, folder.resolve("straight"));
        Path stopped = TinyRun.train(recipe, folder.resolve("stopped"), 13);
        try (TrainingRun run = TinyRun.reopen(stopped)) {
            assertThat(run.trainer().position().inEpoch()).isEqualTo(130);
            run.train(List.of());
        }
        CheckpointTensors.assertSame(TinyRun.checkpoint(stopped, 40), TinyRun.checkpoint(straight, 40));
    }

    /** Pictures that cannot be written cost no training: it is saved first, and goes on as if nothing had been. */
    @ParameterizedTest
    @CsvSource({"preview.everySteps=7, 7", "preview.everyEpochs=1, 20", "preview.everySteps=20, 20"})
    void savesBeforeItDraws(String preview, int step) throws IOException {
        Recipe recipe = TinyRun.recipe(data, "train.epochs=2", preview);
        Path straight = TinyRun.train(recipe, folder.resolve("straight"));
        Path out = folder.resolve("run");
        Path samples = out.resolve("samples");
        try (TrainingRun run = TinyRun.start(recipe, out)) {
            Files.delete(samples);
            Files.createFile(samples);
            assertThatThrownBy(() -> run.train(List.of())).hasMessageContaining(samples.toString());
        }
        assertThat(new Checkpoints(RunDirectory.existing(out)).latest()).contains(TinyRun.checkpoint(out, step));
        Files.delete(samples);
        TinyRun.resume(out);
        CheckpointTensors.assertSame(TinyRun.checkpoint(out, 40), TinyRun.checkpoint(straight, 40));
        assertThat(Checkpoints.state(TinyRun.checkpoint(out, 40)).losses())
                .isEqualTo(Checkpoints.state(TinyRun.checkpoint(straight, 40)).losses());
    }

    /** A run keeps the choices of its kernels, whatever this version chooses for new ones. */
    @Test
    void keepsItsKernels() throws IOException {
        KernelChoices others = new KernelChoices(
                new KernelChoices.PlainGroupNorm(0, 0, 0, 0),
                1,
                false,
                false,
                1,
                1,
                new KernelChoices.MinimalFiltering(
                        new KernelChoices.MinimalFiltering.Sizes(1, 1),
                        new KernelChoices.MinimalFiltering.Sizes(2, 2)));
        Recipe recipe = TinyRun.recipe(data, "train.epochs=2");
        Path stopped = others.during(() -> TinyRun.train(recipe, folder.resolve("stopped"), 13));
        assertThat(new ObjectMapper()
                        .readTree(stopped.resolve("environment.json").toFile())
                        .at("/kernels/tilesByProduct"))
                .isEqualTo(BooleanNode.FALSE);
        TinyRun.resume(stopped);
        assertThat(Checkpoints.state(TinyRun.checkpoint(stopped, 40)).kernels()).isEqualTo(others);
        assertThat(KernelChoices.current()).isEqualTo(KernelChoices.MEASURED);
    }

    /** How blocks are passed depends on the machine's memory where the recipe leaves it open: the run remembers. */
    @Test
    void whatWasDecidedHereIsKept() {
        Path run = TinyRun.train(TinyRun.autoencoder(data), folder.resolve("run"), 3);
        assertThat(checkpointing(run)).isEqualTo("false");
        TinyRun.reopen(run, "model.checkpointing=true").close();
        assertThat(checkpointing(run)).isEqualTo("true");
    }

    private static String checkpointing(Path run) {
        return Recipes.print(RunDirectory.existing(run).recipe())
                .lines()
                .filter(line -> line.strip().startsWith("checkpointing:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow();
    }
}
