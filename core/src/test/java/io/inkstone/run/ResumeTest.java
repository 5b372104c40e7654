package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.image.PngText;
import io.inkstone.image.Sheet;
import io.inkstone.layers.KernelChoices;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.train.EpochReport;
import io.inkstone.train.Listener;
import io.inkstone.train.Stage;
import io.inkstone.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that was stopped and goes on ends with the bytes of one that was not. */
class ResumeTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void makeData() throws IOException {
        data = TinyRun.data(folder);
    }

    /** Thirty steps, a stop in the middle of an epoch, and thirty more are sixty steps: byte for byte. */
    @ParameterizedTest
    @ValueSource(strings = {"float32", "bfloat16"})
    void goesOnBitForBit(String precision) throws IOException {
        Recipe recipe = TinyRun.recipe(data, "train.precision=" + precision);
        Path straight = train(recipe, "straight", Long.MAX_VALUE);
        Path stopped = train(recipe, "stopped", 30);
        try (TrainingRun run = TrainingRun.resume(stopped, List.of(), ComputeDevice.CPU)) {
            assertThat(run.trainer().position().step()).isEqualTo(30);
            assertThat(run.warnings()).isEmpty();
            run.train(List.of());
        }
        same(TinyRun.checkpoint(stopped, 60), TinyRun.checkpoint(straight, 60));
        assertThat(Files.readAllLines(stopped.resolve("metrics.jsonl")).stream()
                        .filter(line -> line.contains("picturesPerSecond")))
                .hasSize(60);
    }

    /** What an epoch cost is summed over both sittings. */
    @Test
    void theEpochThatWasStoppedHasItsMean() throws IOException {
        Recipe recipe = TinyRun.recipe(data, "train.epochs=2", "train.accumulate=3", "data.holdOut=0.1");
        Path straight = train(recipe, "straight", Long.MAX_VALUE);
        Path stopped = train(recipe, "stopped", 8); // in the second epoch, of 18 batches
        resume(stopped);
        assertThat(losses(stopped)).isEqualTo(losses(straight)).hasSize(4);
    }

    /** Runs saved before epochs were summed by name: the total comes out, its parts do not. */
    @Test
    void olderRunsGoOn() throws IOException {
        Recipe recipe = TinyRun.recipe(data, "train.epochs=2");
        Path straight = train(recipe, "straight", Long.MAX_VALUE);
        Path stopped = train(recipe, "stopped", 13);
        Path state = TinyRun.checkpoint(stopped, 13).resolve("state.json");
        ObjectNode json = JSON.readValue(state.toFile(), ObjectNode.class);
        json.put("lossSum", json.at("/losses/epoch/total").asDouble());
        json.put("lossPictures", 130);
        json.put("epochLoss", "NaN");
        json.putObject("openLosses");
        json.remove("losses");
        JSON.writeValue(state.toFile(), json);
        resume(stopped);
        same(TinyRun.checkpoint(stopped, 40), TinyRun.checkpoint(straight, 40));
        List<JsonNode> old = losses(stopped);
        List<JsonNode> now = losses(straight);
        assertThat(old.get(0).path("loss").asDouble())
                .isCloseTo(now.get(0).path("loss").asDouble(), within(1e-9));
        assertThat(old.get(0).path("losses")).isEmpty();
        assertThat(old.get(1)).isEqualTo(now.get(1));
    }

    /** A run keeps the choices of its kernels, whatever this version chooses for new ones. */
    @Test
    void keepsItsKernels() throws IOException {
        KernelChoices others = new KernelChoices(new KernelChoices.PlainGroupNorm(0, 0, 0, 0), 1, false, false);
        Recipe recipe = TinyRun.recipe(data, "train.epochs=2");
        Path stopped = others.during(() -> train(recipe, "stopped", 13));
        assertThat(JSON.readTree(stopped.resolve("environment.json").toFile()).at("/kernels/tilesByProduct"))
                .isEqualTo(BooleanNode.FALSE);
        resume(stopped);
        assertThat(Checkpoints.state(TinyRun.checkpoint(stopped, 40)).kernels()).isEqualTo(others);
        assertThat(KernelChoices.current()).isEqualTo(KernelChoices.MEASURED);
    }

    private static void resume(Path stopped) {
        try (TrainingRun run = TrainingRun.resume(stopped, List.of(), ComputeDevice.CPU)) {
            run.train(List.of());
        }
    }

    /** Lines of epochs and of held-out pictures, without their times. */
    private static List<JsonNode> losses(Path run) {
        return JsonLines.read(run.resolve("metrics.jsonl")).stream()
                .filter(line -> List.of("epoch", "validation")
                        .contains(line.path("split").asText()))
                .peek(line -> ((ObjectNode) line).remove("seconds"))
                .toList();
    }

    /** The gradients of an unfinished step are part of what is saved. */
    @Test
    void goesOnInsideAnAccumulatedStep() throws IOException {
        Recipe recipe = TinyRun.recipe(data, "train.accumulate=7", "train.epochs=1");
        Path straight = train(recipe, "straight", Long.MAX_VALUE);
        Path stopped = folder.resolve("stopped");
        try (TrainingRun run =
                TrainingRun.start(recipe, new TrainingRun.Start(stopped, Optional.empty(), ComputeDevice.CPU))) {
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
        try (TrainingRun run = TrainingRun.resume(stopped, List.of(), ComputeDevice.CPU)) {
            assertThat(run.trainer().position().batches()).isEqualTo(10);
            run.train(List.of());
            assertThat(run.trainer().position().step()).isEqualTo(2);
            assertThat(run.trainer().position().accumulated()).isEqualTo(6);
        }
        String last = "checkpoints/step-000002+6";
        assertThat(stopped.resolve(last).resolve("gradients.safetensors")).exists();
        same(stopped.resolve(last), straight.resolve(last));
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
        Path straight = train(recipe, "straight", Long.MAX_VALUE);
        Path stopped = train(recipe, "stopped", 13);
        try (TrainingRun run = TrainingRun.resume(stopped, List.of(), ComputeDevice.CPU)) {
            assertThat(run.trainer().position().inEpoch()).isEqualTo(130);
            run.train(List.of());
        }
        same(TinyRun.checkpoint(stopped, 40), TinyRun.checkpoint(straight, 40));
    }

    /** Pictures that cannot be written cost no training: it is saved first, and goes on as if nothing had been. */
    @ParameterizedTest
    @CsvSource({"preview.everySteps=7, 7", "preview.everyEpochs=1, 20", "preview.everySteps=20, 20"})
    void savesBeforeItDraws(String preview, int step) throws IOException {
        Recipe recipe = TinyRun.recipe(data, "train.epochs=2", preview);
        Path straight = train(recipe, "straight", Long.MAX_VALUE);
        Path out = folder.resolve("run");
        Path samples = out.resolve("samples");
        try (TrainingRun run =
                TrainingRun.start(recipe, new TrainingRun.Start(out, Optional.empty(), ComputeDevice.CPU))) {
            Files.delete(samples);
            Files.createFile(samples);
            assertThatThrownBy(() -> run.train(List.of())).hasMessageContaining(samples.toString());
        }
        assertThat(new Checkpoints(RunDirectory.existing(out)).latest()).contains(TinyRun.checkpoint(out, step));
        Files.delete(samples);
        try (TrainingRun run = TrainingRun.resume(out, List.of(), ComputeDevice.CPU)) {
            run.train(List.of());
        }
        same(TinyRun.checkpoint(out, 40), TinyRun.checkpoint(straight, 40));
        assertThat(Checkpoints.state(TinyRun.checkpoint(out, 40)).losses())
                .isEqualTo(Checkpoints.state(TinyRun.checkpoint(straight, 40)).losses());
    }

    /** A kill while a picture was written leaves a file that is none. */
    @Test
    void leftTemporaryFilesDoNotKeepARunFromItsEnd() throws IOException {
        Path out = folder.resolve("killed");
        try (TrainingRun run = TrainingRun.start(
                TinyRun.autoencoder(data), new TrainingRun.Start(out, Optional.empty(), ComputeDevice.CPU))) {
            Path evolution = Files.createDirectories(out.resolve("samples/evolution"));
            Files.write(evolution.resolve(".step-000001.png.8d7f.tmp"), new byte[10]);
            run.train(List.of());
        }
        assertThat(out.resolve("samples/evolution.png")).exists();
    }

    /** Long before the end it is seen how a picture came to look, and every frame says what made it. */
    @Test
    void theEvolutionIsThereWhenTrainingStops() throws IOException {
        Recipe recipe = TinyRun.autoencoder(data, "train.batch=10", "preview.everySteps=2");
        Path samples = train(recipe, "run", 5).resolve("samples");
        for (String file : List.of("evolution/step-000002.png", "evolution/step-000004.png", "evolution.png")) {
            assertThat(PngText.read(samples.resolve(file)))
                    .containsKeys("inkstone.recipe", "inkstone.step", "Creation Time");
        }
        Pixels frame = PictureFile.read(samples.resolve("evolution/step-000002.png"));
        Pixels sheet = PictureFile.read(samples.resolve("evolution.png"));
        assertThat(sheet)
                .isEqualTo(Sheet.of(List.of(frame, PictureFile.read(samples.resolve("evolution/step-000004.png"))))
                        .draw());
        Path none =
                train(TinyRun.autoencoder(data, "train.batch=10"), "none", 5).resolve("samples");
        assertThat(none.resolve("evolution.png")).doesNotExist();
    }

    @Test
    void theEvolutionIsRedrawnAtEachSave() throws IOException {
        Recipe recipe = TinyRun.autoencoder(
                data, "train.batch=10", "train.epochs=4", "train.saveEveryEpochs=2", "preview.everySteps=5");
        Path out = folder.resolve("run");
        Path sheet = out.resolve("samples/evolution.png");
        List<Integer> drawn = new ArrayList<>();
        try (TrainingRun run =
                TrainingRun.start(recipe, new TrainingRun.Start(out, Optional.empty(), ComputeDevice.CPU))) {
            run.train(List.of(new Listener() {
                @Override
                public void epochEnded(Trainer trainer, EpochReport report) {
                    try {
                        if (Files.deleteIfExists(sheet)) {
                            drawn.add(report.position().epoch());
                        }
                    } catch (IOException failure) {
                        throw new AssertionError(failure);
                    }
                }
            }));
        }
        assertThat(drawn).containsExactly(1, 3, 4);
        assertThat(sheet).exists();
    }

    /** How blocks are passed depends on the machine's memory where the recipe leaves it open: the run remembers. */
    @Test
    void whatWasDecidedHereIsKept() {
        Path run = train(TinyRun.autoencoder(data), "run", 3);
        assertThat(checkpointing(run)).isEqualTo("false");
        TrainingRun.resume(run, List.of("model.checkpointing=true"), ComputeDevice.CPU)
                .close();
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

    private Path train(Recipe recipe, String name, long stopAfter) {
        return TinyRun.train(recipe, folder.resolve(name), stopAfter);
    }

    /** All tensors that a checkpoint holds, and their metadata. */
    private static void same(Path one, Path other) throws IOException {
        List<String> files = tensorFiles(one);
        assertThat(files)
                .contains("weights.safetensors", "optimizer.safetensors")
                .isEqualTo(tensorFiles(other));
        for (String file : files) {
            assertThat(one.resolve(file)).hasSameBinaryContentAs(other.resolve(file));
        }
    }

    private static List<String> tensorFiles(Path checkpoint) throws IOException {
        try (var files = Files.list(checkpoint)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".safetensors"))
                    .sorted()
                    .toList();
        }
    }
}
