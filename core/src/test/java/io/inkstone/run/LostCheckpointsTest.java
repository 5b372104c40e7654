package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.run.checkpoint.CheckpointTensors;
import io.inkstone.run.checkpoint.Checkpoints;
import io.inkstone.tensor.ComputeDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run whose newest checkpoint, or the word that names it, is lost or damaged: never begun anew over what lies there. */
class LostCheckpointsTest extends TinyDataTest {
    private Path run;

    @BeforeEach
    void trains() {
        run = TinyRun.train(
                TinyRun.recipe(data, "train.epochs=2", "train.keep=0", "train.batch=50"), folder.resolve("run"));
    }

    private Path latest() {
        return run.resolve("checkpoints/latest");
    }

    private Path last() {
        return TinyRun.checkpoint(run, 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "step-000099\n", "nonsense"})
    void aLostNameIsNoNewStart(String text) throws IOException {
        Files.writeString(latest(), text);
        assertGoesOnFrom(8);
    }

    @Test
    void noNameAtAllIsNoNewStart() throws IOException {
        Files.delete(latest());
        assertGoesOnFrom(8);
        assertThat(new ChosenWeights(RunDirectory.existing(run), SavedRun.Weights.RAW).file())
                .startsWith(last());
    }

    @Test
    void withoutItsStateTheLastIsPassedOver() throws IOException {
        Files.delete(last().resolve("state.json"));
        assertGoesOnFrom(4);
    }

    /** The damaged folder stands in the way of the new one at the same step, and is replaced. */
    @Test
    void aFlippedBitIsNamedAndTrainedAgain() throws IOException {
        byte[] before = Files.readAllBytes(last().resolve("optimizer.safetensors"));
        flip(last().resolve("optimizer.safetensors"));
        assertGoesOnFrom(4);
        assertThat(last().resolve("optimizer.safetensors")).hasBinaryContent(before);
    }

    private void assertGoesOnFrom(int step) throws IOException {
        assertThat(TrainingRun.resumable(run)).isTrue();
        assertThatThrownBy(() -> TrainingRun.start(
                        RunDirectory.existing(run).recipe(),
                        new TrainingStart(run, Optional.empty(), ComputeDevice.CPU, true)))
                .hasMessageContaining("exists already");
        try (TrainingRun more = TinyRun.reopen(run)) {
            assertThat(more.trainer().position().step()).isEqualTo(step);
            assertThat(more.warnings()).anyMatch(line -> line.contains("Going on from step-%06d.".formatted(step)));
            more.train(java.util.List.of());
        }
        Path straight = TinyRun.train(RunDirectory.existing(run).recipe(), folder.resolve("straight"), Long.MAX_VALUE);
        CheckpointTensors.assertSame(last(), TinyRun.checkpoint(straight, 8));
        assertThat(Files.readString(latest())).isEqualTo("step-000008\n");
    }

    @Test
    void whereNothingIsSoundItSaysWhatLiesThere() throws IOException {
        Files.delete(last().resolve("state.json"));
        Files.delete(TinyRun.checkpoint(run, 4).resolve("weights.safetensors"));
        assertThatThrownBy(() -> TinyRun.reopen(run))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("step-000008 has no state.json")
                .hasMessageContaining("step-000004 has lost its weights.safetensors");
    }

    @Test
    void nothingIsDrawnFromDamagedWeights() throws IOException {
        flip(last().resolve("ema.safetensors"));
        assertThatThrownBy(() -> SavedRun.open(run, SavedRun.Weights.EMA, ComputeDevice.CPU))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("ema.safetensors does not hold the bytes that were saved")
                .hasMessageContaining("--checkpoint");
        SavedRun.open(run, SavedRun.Weights.RAW, ComputeDevice.CPU).close();
        SavedRun.open(run, Optional.of("step-000004"), SavedRun.Weights.EMA, ComputeDevice.CPU)
                .close();
    }

    /** Also in a checkpoint of an older version, which had no hashes to lose it by. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLostAverageIsSaid(boolean old) throws IOException {
        if (old) {
            forgetHashes(last());
        }
        Files.delete(last().resolve("ema.safetensors"));
        assertThatThrownBy(() -> SavedRun.open(run, SavedRun.Weights.EMA, ComputeDevice.CPU))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has lost its average")
                .hasMessageContaining("--weights raw");
        SavedRun.open(run, SavedRun.Weights.RAW, ComputeDevice.CPU).close();
    }

    /** Before there were hashes, a value could become none without a word. */
    @Test
    void valuesThatAreNoNumbersAreNamed() throws IOException {
        forgetHashes(last());
        Path average = last().resolve("ema.safetensors");
        byte[] bytes = Files.readAllBytes(average);
        bytes[bytes.length - 1] = 0x7f; // the last float becomes infinite
        bytes[bytes.length - 2] = (byte) 0x80;
        bytes[bytes.length - 3] = 0;
        bytes[bytes.length - 4] = 0;
        Files.write(average, bytes);
        assertThatThrownBy(() -> SavedRun.open(run, SavedRun.Weights.EMA, ComputeDevice.CPU))
                .hasMessageContaining("values that are no numbers");
        assertThatThrownBy(() -> TinyRun.reopen(run)).hasMessageContaining("values that are no numbers");
    }

    @Test
    void theBestIsAskedForByName() throws IOException {
        new Checkpoints(RunDirectory.existing(run)).markBest(TinyRun.checkpoint(run, 4));
        try (SavedRun best = SavedRun.open(run, SavedRun.Weights.BEST, ComputeDevice.CPU)) {
            assertThat(best.checkpoint()).isEqualTo("step-000004");
        }
        assertThatThrownBy(
                        () -> SavedRun.open(run, Optional.of("step-000005"), SavedRun.Weights.EMA, ComputeDevice.CPU))
                .hasMessageContaining("step-000008, step-000004");
    }

    private static void forgetHashes(Path checkpoint) throws IOException {
        Path state = checkpoint.resolve("state.json");
        Files.writeString(
                state,
                Files.readString(state).replaceAll(",\\s*\"files\" : \\{[^}]*\\}", ""),
                StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(state).content().doesNotContain("safetensors");
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 9] ^= 1;
        Files.write(file, bytes);
    }
}
