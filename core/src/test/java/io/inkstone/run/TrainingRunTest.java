package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.image.PngText;
import io.inkstone.models.Generates;
import io.inkstone.models.Generation;
import io.inkstone.models.GenerationRequest;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.LiveObjects;
import io.inkstone.tensor.Precision;
import io.inkstone.train.Listener;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import io.inkstone.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {
    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void makeData() throws IOException {
        data = TinyRun.data(folder);
    }

    @Test
    void writesWhatTheRunDirectoryPromises() throws IOException {
        Path run = train(TinyRun.recipe(data, "train.epochs=1", "preview.everySteps=10"), "run", Long.MAX_VALUE);
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

    /** Every step is logged here, so that their mean is known. */
    @Test
    void anEpochEndsWithItsMeans() throws IOException {
        Path run = train(TinyRun.recipe(data, "train.epochs=2", "data.holdOut=0.1"), "run", Long.MAX_VALUE);
        List<JsonNode> lines = JsonLines.read(run.resolve("metrics.jsonl"));
        List<String> log = Files.readAllLines(run.resolve("log.txt"));
        for (int epoch = 1; epoch <= 2; epoch++) {
            long last = 18 * epoch;
            double mean = lines.stream()
                    .filter(line -> line.has("rate"))
                    .filter(line -> line.path("step").asLong() > last - 18
                            && line.path("step").asLong() <= last)
                    .mapToDouble(line -> line.path("loss").asDouble())
                    .average()
                    .orElseThrow();
            JsonNode ended = ofSplit(lines, "epoch", epoch);
            JsonNode held = ofSplit(lines, "validation", epoch);
            assertThat(ended.path("step").asLong()).isEqualTo(last);
            assertThat(ended.path("loss").asDouble()).isCloseTo(mean, within(1e-9));
            assertThat(ended.path("losses")).isNotEmpty();
            String start = " epoch %d ended at step %d after ".formatted(epoch, last);
            assertThat(log)
                    .filteredOn(line -> line.contains(start))
                    .singleElement(STRING)
                    .contains("loss %.4g".formatted(mean))
                    .contains(
                            ", held out %.4g".formatted(held.at("/losses/loss").asDouble()));
        }
        assertThat(Comparison.loss(lines))
                .hasValue(ofSplit(lines, "epoch", 2).path("loss").asDouble());
        List<JsonNode> old = lines.stream()
                .filter(line -> !line.path("split").asText().equals("epoch"))
                .toList();
        assertThat(Comparison.loss(old))
                .hasValue(old.stream()
                        .filter(line -> line.path("step").asLong() == 36 && line.has("rate"))
                        .findFirst()
                        .orElseThrow()
                        .path("loss")
                        .asDouble());
        assertThat(Comparison.loss(List.of())).isEmpty();
    }

    private static JsonNode ofSplit(List<JsonNode> lines, String split, int epoch) {
        return lines.stream()
                .filter(line -> line.path("split").asText().equals(split))
                .filter(line -> line.path("epoch").asInt() == epoch)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void keepsTheNewestCheckpointsAndTheBest() throws IOException {
        Path run = train(TinyRun.recipe(data, "train.epochs=3", "train.keep=0"), "run", Long.MAX_VALUE);
        Checkpoints checkpoints = new Checkpoints(RunDirectory.existing(run));
        Path lowest = Stream.of(20, 40, 60)
                .map(step -> TinyRun.checkpoint(run, step))
                .min(Comparator.comparing(
                        folder -> Checkpoints.state(folder).losses().lastEpoch().total()))
                .orElseThrow();
        assertThat(checkpoints.best()).contains(lowest);
        // Had the first epoch been the best one, it would outlive the newer ones.
        Path state = TinyRun.checkpoint(run, 20).resolve("state.json");
        Files.writeString(
                state, Files.readString(state).replaceAll("(\"lastEpoch\" : \\{\\s*\"total\" : )[^,]*", "$1 0.0"));
        checkpoints.markBest(TinyRun.checkpoint(run, 20));
        try (TrainingRun more = TrainingRun.resume(run, List.of("train.epochs=5", "train.keep=2"), ComputeDevice.CPU)) {
            more.train(List.of());
        }
        assertThat(checkpoints.best()).contains(TinyRun.checkpoint(run, 20));
        try (var entries = Files.list(run.resolve("checkpoints"))) {
            assertThat(entries.filter(Files::isDirectory))
                    .containsExactlyInAnyOrder(
                            TinyRun.checkpoint(run, 20), TinyRun.checkpoint(run, 80), TinyRun.checkpoint(run, 100));
        }
    }

    @Test
    void refusesADirectoryThatExists() {
        Recipe recipe = TinyRun.recipe(data, "train.epochs=1");
        Path run = train(recipe, "run", 1);
        assertThatThrownBy(() -> train(recipe, "run", 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("exists already")
                .hasMessageContaining("inkstone resume " + run);
    }

    @Test
    void refusesToResumeWhatIsNoRun() {
        assertThatThrownBy(() -> TrainingRun.resume(folder.resolve("none"), List.of(), ComputeDevice.CPU))
                .hasMessageContaining("There is no run directory");
        assertThatThrownBy(() -> TrainingRun.resume(folder, List.of(), ComputeDevice.CPU))
                .hasMessageContaining("has no recipe.yaml");
    }

    @Test
    void refusesToChangeWhatWasLearnedWith() {
        Path run = train(TinyRun.recipe(data, "train.epochs=1"), "run", 3);
        assertThatThrownBy(() -> TrainingRun.resume(run, List.of("model.width=16"), ComputeDevice.CPU))
                .hasMessageContaining("'model.width' cannot change when a run goes on")
                .hasMessageContaining("train.epochs");
    }

    /** A start that is given must not meet itself again as the noise on the way. */
    @Test
    void theStartOfASeedGivesTheSeedsPicture() {
        Path run = train(TinyRun.recipe(data, "train.epochs=1"), "run", 5);
        try (SavedRun saved = SavedRun.open(run, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            Generates model = (Generates) saved.model();
            Generation generation = new Generation(model, ComputeDevice.CPU, Precision.FLOAT32, 4);
            GenerationRequest drawn =
                    GenerationRequest.of(2, 7).withSampling(io.inkstone.models.SamplingOptions.of("ddpm", 10));
            NdArray start;
            try (io.inkstone.tensor.Scope scope = io.inkstone.tensor.Scope.open()) {
                start = io.inkstone.tensor.Tensors.toArray(model.start(List.of(7L, 8L)));
            }
            assertThat(generation.pictures(drawn.withStart(start))).isEqualTo(generation.pictures(drawn));
        }
    }

    @Test
    void aFailedResumeChangesNothing() throws IOException {
        Path run = train(TinyRun.recipe(data, "train.epochs=1"), "run", 3);
        String before = Files.readString(run.resolve("recipe.yaml"));
        assertThatThrownBy(() ->
                        TrainingRun.resume(run, List.of("data.source=" + folder.resolve("gone")), ComputeDevice.CPU))
                .isInstanceOf(InputException.class);
        assertThat(run.resolve("recipe.yaml")).hasContent(before);
        TrainingRun.resume(run, List.of(), ComputeDevice.CPU).close();
    }

    @Test
    void aRunWithoutACheckpointMayBeStartedAnew() throws IOException {
        Path out = Files.createDirectories(folder.resolve("killed"));
        Files.writeString(out.resolve("recipe.yaml"), "system: diffusion\n");
        assertThat(TrainingRun.resumable(out)).isFalse();
        Recipe recipe = TinyRun.recipe(data, "train.epochs=1");
        try (TrainingRun run =
                TrainingRun.start(recipe, new TrainingRun.Start(out, Optional.empty(), ComputeDevice.CPU, true))) {
            run.train(List.of());
        }
        assertThat(TrainingRun.resumable(out)).isTrue();
    }

    @Test
    void wrongPreviewsAreSaidBeforeTraining() {
        Path out = folder.resolve("run");
        assertThatThrownBy(() -> TrainingRun.start(
                        TinyRun.recipe(data, "preview.sampler=eulr"),
                        new TrainingRun.Start(out, Optional.empty(), ComputeDevice.CPU)))
                .hasMessageContaining("There is no sampler 'eulr'");
        assertThat(out).doesNotExist();
    }

    @Test
    void spoiltWeightsAreNotSaved() {
        Path out = folder.resolve("run");
        try (TrainingRun run = TrainingRun.start(
                TinyRun.recipe(data, "train.epochs=1"),
                new TrainingRun.Start(out, Optional.empty(), ComputeDevice.CPU))) {
            assertThatThrownBy(() -> run.train(List.of(new Listener() {
                        @Override
                        public void stepped(Trainer trainer, StepReport report) {
                            if (report.position().step() == 20) { // after its loss was checked
                                try (io.inkstone.tensor.NoGradient none = io.inkstone.tensor.NoGradient.begin()) {
                                    trainer.objective()
                                            .network()
                                            .parameters()
                                            .get("out.3.bias")
                                            .fill_(new org.bytedeco.pytorch.Scalar(Float.NaN));
                                }
                            }
                        }
                    })))
                    .isInstanceOf(io.inkstone.train.DivergenceException.class)
                    .hasMessageContaining("out.3.bias");
        }
        assertThat(TrainingRun.resumable(out)).isFalse();
    }

    @Test
    void twoCannotTrainInOneDirectory() {
        Path run = train(TinyRun.recipe(data, "train.epochs=1"), "run", 3);
        try (TrainingRun first = TrainingRun.resume(run, List.of(), ComputeDevice.CPU)) {
            assertThatThrownBy(() -> TrainingRun.resume(run, List.of(), ComputeDevice.CPU))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("Another process trains in " + run);
            assertThat(first.trainer().position().step()).isEqualTo(3);
        }
    }

    @Test
    void moreEpochsMayBeAdded() {
        Path run = train(TinyRun.recipe(data, "train.epochs=1"), "run", Long.MAX_VALUE);
        try (TrainingRun more = TrainingRun.resume(run, List.of("train.epochs=2"), ComputeDevice.CPU)) {
            more.train(List.of());
            assertThat(more.trainer().position().step()).isEqualTo(40);
        }
        assertThat(RunDirectory.existing(run).recipe().train().epochs()).isEqualTo(2);
    }

    /** An unattended script may call resume again and again. */
    @Test
    void aFinishedRunIsMeasuredOnce() throws IOException {
        Path run = train(TinyRun.recipe(data, "train.epochs=1"), "run", Long.MAX_VALUE);
        List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
        assertThat(lines).filteredOn(line -> line.contains("\"samples\"")).hasSize(1);
        for (int i = 0; i < 2; i++) {
            try (TrainingRun again = TrainingRun.resume(run, List.of(), ComputeDevice.CPU)) {
                again.train(List.of());
            }
        }
        assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).isEqualTo(lines);
    }

    /** Weights that do not fit, a sampler that does not exist, a directory that is taken: nothing native stays behind. */
    @Test
    void whatFailsOnTheWayIsFreed() {
        Path other = train(TinyRun.recipe(data, "train.epochs=1", "model.width=16"), "other", 1);
        Recipe recipe = TinyRun.recipe(data, "train.epochs=1");
        Runnable failures = () -> {
            assertThatThrownBy(() -> TrainingRun.start(
                            recipe,
                            new TrainingRun.Start(folder.resolve("new"), Optional.of(other), ComputeDevice.CPU)))
                    .isInstanceOf(InputException.class);
            assertThatThrownBy(() -> TrainingRun.start(
                            TinyRun.recipe(data, "preview.sampler=none"),
                            new TrainingRun.Start(folder.resolve("new"), Optional.empty(), ComputeDevice.CPU)))
                    .isInstanceOf(InputException.class);
            assertThatThrownBy(() -> TrainingRun.start(
                            recipe, new TrainingRun.Start(other, Optional.empty(), ComputeDevice.CPU)))
                    .hasMessageContaining("exists already");
        };
        failures.run(); // what is made once for all
        long before = LiveObjects.held();
        failures.run();
        assertThat(LiveObjects.held()).isEqualTo(before);
    }

    @Test
    void aRunThatCannotBeOpenedIsFreed() throws IOException {
        Path run = train(TinyRun.recipe(data, "train.epochs=1"), "run", 1);
        Path weights = TinyRun.checkpoint(run, 1).resolve("ema.safetensors");
        Files.write(weights, new byte[100]);
        long before = LiveObjects.held();
        assertThatThrownBy(() -> SavedRun.open(run, SavedRun.Weights.EMA, ComputeDevice.CPU))
                .isInstanceOf(InputException.class);
        assertThat(LiveObjects.held()).isEqualTo(before);
    }

    @Test
    void startsFromTheWeightsOfAnotherRun() {
        Recipe recipe = TinyRun.recipe(data, "train.epochs=1");
        Path first = train(recipe, "first", 5);
        try (TrainingRun second = TrainingRun.start(
                recipe, new TrainingRun.Start(folder.resolve("second"), Optional.of(first), ComputeDevice.CPU))) {
            assertThat(io.inkstone.weights.LayerState.of(second.model().network()))
                    .isEqualTo(read(TinyRun.checkpoint(first, 5).resolve("ema.safetensors")));
        }
    }

    @Test
    void nothingIsWrittenWhenTheDataIsWrong() {
        Path run = folder.resolve("run");
        assertThatThrownBy(() -> TrainingRun.start(
                        TinyRun.recipe(folder.resolve("missing")),
                        new TrainingRun.Start(run, Optional.empty(), ComputeDevice.CPU)))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> TrainingRun.start(
                        TinyRun.recipe(data, "data.size=30"),
                        new TrainingRun.Start(run, Optional.empty(), ComputeDevice.CPU)))
                .hasMessageContaining("divisible by 4, got 30");
        assertThat(run).doesNotExist();
    }

    @Test
    void aSavedRunDrawsTheSamePictureAloneAndAmongOthers() {
        Path run = train(TinyRun.recipe(data, "train.epochs=1"), "run", 10);
        try (SavedRun saved = SavedRun.open(run, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            Generation generation = new Generation((Generates) saved.model(), ComputeDevice.CPU, Precision.FLOAT32, 4);
            NdArray six = generation.pictures(GenerationRequest.of(6, 10));
            NdArray last = generation.pictures(GenerationRequest.of(1, 15));
            assertThat(six.shape()).containsExactly(6, 3, 8, 8);
            float[] expected = six.rows(5, 1).toFloats();
            float[] alone = last.toFloats();
            for (int i = 0; i < alone.length; i++) {
                // Other batch sizes round differently: 8e-7 a pass, grown by 20 steps.
                assertThat(alone[i]).isCloseTo(expected[i], org.assertj.core.api.Assertions.within(2e-4f));
            }
            assertThat(saved.hash()).hasSize(64);
        }
    }

    private Path train(Recipe recipe, String name, long stopAfter) {
        return TinyRun.train(recipe, folder.resolve(name), stopAfter);
    }

    private static java.util.Map<String, NdArray> read(Path file) {
        try {
            return Safetensors.read(file).tensors();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
