package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.checkpoint.Checkpoints;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.train.Listener;
import io.inkstone.train.MeanLosses;
import io.inkstone.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What happens between an epoch's last batch and its lines in the logs loses nothing and tells nothing twice. */
class EpochEndRunTest extends TinyDataTest {
    private static final int STEPS = 18;

    private Recipe recipe(int previewSteps) {
        List<String> overrides = List.of(
                "model.latent=3",
                "train.batch=10",
                "train.epochs=1",
                "train.saveEveryEpochs=1",
                "data.holdOut=0.1",
                "data.holdOutBy=count",
                "preview.count=2",
                "preview.everySteps=" + previewSteps);
        return Recipes.load("fashion-dnn", overrides).withSource(data.toString());
    }

    private Path train(String name, Listener listener) {
        Path out = folder.resolve(name);
        try (TrainingRun run =
                TrainingRun.start(recipe(0), new TrainingStart(out, Optional.empty(), ComputeDevice.CPU))) {
            run.train(List.of(listener));
        }
        return out;
    }

    private static void resume(Path run) {
        try (TrainingRun again = TrainingRun.resume(run, List.of(), ComputeDevice.CPU)) {
            again.train(List.of());
        }
    }

    /** Lines of the epoch, without their times. */
    private static List<JsonNode> told(Path run) {
        return JsonLines.read(run.resolve("metrics.jsonl")).stream()
                .filter(line -> line.has("split"))
                .peek(line -> ((ObjectNode) line).remove("seconds"))
                .toList();
    }

    private static void assertWhole(Path run, Path straight) throws IOException {
        assertThat(told(run)).isEqualTo(told(straight));
        assertThat(new Checkpoints(RunDirectory.existing(run)).best()).contains(TinyRun.checkpoint(run, STEPS));
        assertThat(Checkpoints.state(TinyRun.checkpoint(run, STEPS)).losses())
                .isEqualTo(
                        Checkpoints.state(TinyRun.checkpoint(straight, STEPS)).losses());
        assertThat(Files.readAllLines(run.resolve("log.txt")))
                .filteredOn(line -> line.contains("epoch 1 ended"))
                .hasSize(1)
                .noneMatch(line -> line.contains("NaN"));
    }

    @Test
    void aRunThatWasStoppedWhileItMeasuredTellsOfTheEpochWhenItGoesOn() throws IOException {
        Path straight = train("straight", new Listener() {});
        Path stopped = train("stopped", new Listener() {
            @Override
            public void epochTrained(Trainer trainer, MeanLosses losses) {
                trainer.stop();
            }
        });
        assertThat(told(stopped)).isEmpty();
        assertThat(stopped.resolve("samples/final.png")).doesNotExist();
        resume(stopped);
        assertWhole(stopped, straight);
        resume(stopped);
        assertWhole(stopped, straight);
    }

    /** The epoch is saved before its held-out pictures are measured. */
    @Test
    void aKillWhileItMeasuresLosesNothing() throws IOException {
        Path killed = folder.resolve("killed");
        Path straight = train("straight", new Listener() {
            @Override
            public void epochTrained(Trainer trainer, MeanLosses losses) {
                awaitFile(folder.resolve("straight/checkpoints/latest"));
                copy(folder.resolve("straight"), killed);
            }
        });
        resume(killed);
        assertWhole(killed, straight);
    }

    /** It is written beside training. */
    private static void awaitFile(Path file) {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!Files.exists(file) && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** A kill between the lines in metrics.jsonl and the word in the checkpoint that they are there. */
    @Test
    void noLineIsWrittenTwice() throws IOException {
        Path straight = train("straight", new Listener() {});
        Path killed = folder.resolve("killed");
        copy(straight, killed);
        Files.delete(killed.resolve("log.txt"));
        Path state = TinyRun.checkpoint(killed, STEPS).resolve("state.json");
        Files.writeString(state, Files.readString(state).replace("\"told\" : true", "\"told\" : false"));
        resume(killed);
        assertWhole(killed, straight);
    }

    /** A picture that cannot be written at the last step comes before the epoch is told of. */
    @Test
    void aFailureAtTheLastStepLeavesTheEpochToBeTold() throws IOException {
        Path straight = train("straight", new Listener() {});
        Path out = folder.resolve("failed");
        Path samples = out.resolve("samples");
        try (TrainingRun run =
                TrainingRun.start(recipe(STEPS), new TrainingStart(out, Optional.empty(), ComputeDevice.CPU))) {
            Files.delete(samples);
            Files.createFile(samples);
            assertThatThrownBy(() -> run.train(List.of())).hasMessageContaining(samples.toString());
        }
        assertThat(told(out)).isEmpty();
        Files.delete(samples);
        resume(out);
        assertWhole(out, straight);
    }

    /** As a kill leaves it: what has a temporary name is there, or has its own meanwhile. */
    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                try {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                } catch (NoSuchFileException renamed) {
                    assertThat(file.toString()).endsWith(".tmp");
                }
            }
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
