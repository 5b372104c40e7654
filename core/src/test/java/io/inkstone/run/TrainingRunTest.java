package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.image.PngText;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.checkpoint.Checkpoints;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.NoGradient;
import io.inkstone.train.DivergenceException;
import io.inkstone.train.Listener;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import io.inkstone.weights.LayerState;
import io.inkstone.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.junit.jupiter.api.Test;

/** What a training writes into its directory, and what it keeps there. */
class TrainingRunTest extends TinyDataTest {
    @Test
    void writesWhatTheRunDirectoryPromises() throws IOException {
        Path run =
                TinyRun.train(TinyRun.recipe(data, "train.epochs=1", "preview.everySteps=10"), folder.resolve("run"));
        for (String file : List.of(
                "recipe.yaml",
                "environment.json",
                "metrics.jsonl",
                "curves.png",
                "samples/step-000010.png",
                "samples/step-000020.png",
                "samples/final.png",
                "samples/film.png",
                "samples/animation.gif",
                "log.txt",
                "checkpoints/latest",
                "checkpoints/best",
                "checkpoints/step-000020/state.json")) {
            assertThat(run.resolve(file)).exists();
        }
        assertThat(Files.readString(run.resolve("checkpoints/latest"))).isEqualTo("step-000020\n");
        assertThat(PngText.read(run.resolve("samples/final.png"))).containsKeys("inkstone.recipe", "inkstone.step");
        assertThat(Safetensors.read(run.resolve("checkpoints/step-000020/weights.safetensors"))
                        .metadata())
                .containsKey("recipe");
    }

    @Test
    void keepsTheNewestCheckpointsAndTheBest() throws IOException {
        Path run = TinyRun.train(TinyRun.recipe(data, "train.epochs=3", "train.keep=0"), folder.resolve("run"));
        Checkpoints checkpoints = new Checkpoints(RunDirectory.existing(run));
        Path lowest = Stream.of(20, 40, 60)
                .map(step -> TinyRun.checkpoint(run, step))
                .min(Comparator.comparing(checkpoint ->
                        Checkpoints.state(checkpoint).losses().lastEpoch().total()))
                .orElseThrow();
        assertThat(checkpoints.best()).contains(lowest);
        // Had the first epoch been the best one, it would outlive the newer ones.
        Path state = TinyRun.checkpoint(run, 20).resolve("state.json");
        Files.writeString(
                state, Files.readString(state).replaceAll("(\"lastEpoch\" : \\{\\s*\"total\" : )[^,]*", "$1 0.0"));
        checkpoints.markBest(TinyRun.checkpoint(run, 20));
        TinyRun.resume(run, "train.epochs=5", "train.keep=2");
        assertThat(checkpoints.best()).contains(TinyRun.checkpoint(run, 20));
        try (var entries = Files.list(run.resolve("checkpoints"))) {
            assertThat(entries.filter(Files::isDirectory))
                    .containsExactlyInAnyOrder(
                            TinyRun.checkpoint(run, 20), TinyRun.checkpoint(run, 80), TinyRun.checkpoint(run, 100));
        }
    }

    @Test
    void aRunWithoutACheckpointMayBeStartedAnew() throws IOException {
        Path out = Files.createDirectories(folder.resolve("killed"));
        Files.writeString(out.resolve("recipe.yaml"), "system: diffusion\n");
        assertThat(TrainingRun.resumable(out)).isFalse();
        Recipe recipe = TinyRun.recipe(data, "train.epochs=1");
        try (TrainingRun run =
                TrainingRun.start(recipe, new TrainingStart(out, Optional.empty(), ComputeDevice.CPU, true))) {
            run.train(List.of());
        }
        assertThat(TrainingRun.resumable(out)).isTrue();
    }

    @Test
    void startsFromTheWeightsOfAnotherRun() throws IOException {
        Recipe recipe = TinyRun.recipe(data, "train.epochs=1");
        Path first = TinyRun.train(recipe, folder.resolve("first"), 5);
        Path weights = TinyRun.checkpoint(first, 5).resolve("ema.safetensors");
        try (TrainingRun second = TrainingRun.start(
                recipe, new TrainingStart(folder.resolve("second"), Optional.of(first), ComputeDevice.CPU))) {
            assertThat(LayerState.of(second.model().network()))
                    .isEqualTo(Safetensors.read(weights).tensors());
        }
    }

    @Test
    void moreEpochsMayBeAdded() {
        Path run = TinyRun.train(TinyRun.recipe(data, "train.epochs=1"), folder.resolve("run"));
        try (TrainingRun more = TinyRun.reopen(run, "train.epochs=2")) {
            more.train(List.of());
            assertThat(more.trainer().position().step()).isEqualTo(40);
        }
        assertThat(RunDirectory.existing(run).recipe().train().epochs()).isEqualTo(2);
    }

    /** An unattended script may call resume again and again. */
    @Test
    void aFinishedRunIsMeasuredOnce() throws IOException {
        Path run = TinyRun.train(TinyRun.recipe(data, "train.epochs=1"), folder.resolve("run"));
        List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
        assertThat(lines).filteredOn(line -> line.contains("\"samples\"")).hasSize(1);
        TinyRun.resume(run);
        TinyRun.resume(run);
        assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).isEqualTo(lines);
    }

    @Test
    void spoiltWeightsAreNotSaved() {
        Path out = folder.resolve("run");
        try (TrainingRun run = TinyRun.start(TinyRun.recipe(data, "train.epochs=1"), out)) {
            assertThatThrownBy(() -> run.train(List.of(new Listener() {
                        @Override
                        public void stepped(Trainer trainer, StepReport report) {
                            if (report.position().step() == 20) { // after its loss was checked
                                spoil(trainer);
                            }
                        }
                    })))
                    .isInstanceOf(DivergenceException.class)
                    .hasMessageContaining("out.3.bias");
        }
        assertThat(TrainingRun.resumable(out)).isFalse();
    }

    private static void spoil(Trainer trainer) {
        try (NoGradient none = NoGradient.begin()) {
            trainer.objective().network().parameters().get("out.3.bias").fill_(new Scalar(Float.NaN));
        }
    }
}
