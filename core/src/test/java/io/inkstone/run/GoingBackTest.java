package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.run.checkpoint.CheckpointTensors;
import io.inkstone.run.checkpoint.Checkpoints;
import io.inkstone.tensor.ComputeDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run that is taken back to an earlier checkpoint, and what lies further on. */
class GoingBackTest extends TinyDataTest {
    private Path run;

    @BeforeEach
    void trains() {
        run = TinyRun.train(
                TinyRun.recipe(data, "train.epochs=3", "train.keep=0", "train.batch=50"), folder.resolve("run"));
    }

    private GoingOn back(String checkpoint) {
        return new GoingOn(run, List.of(), ComputeDevice.CPU).from(Optional.of(checkpoint));
    }

    private List<String> folders() throws IOException {
        try (var entries = Files.list(run.resolve("checkpoints"))) {
            return entries.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("set-aside"))
                    .sorted()
                    .toList();
        }
    }

    private Path aside() throws IOException {
        try (var entries = Files.list(run.resolve("checkpoints"))) {
            return entries.filter(path -> path.getFileName().toString().startsWith("set-aside-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void setsLaterOnesAside() throws IOException {
        Path last = folder.resolve("last");
        Files.createDirectory(last);
        for (String file : List.of("weights.safetensors", "ema.safetensors", "optimizer.safetensors")) {
            Files.copy(TinyRun.checkpoint(run, 12).resolve(file), last.resolve(file));
        }
        try (TrainingRun more = TrainingRun.resume(back("step-000004"))) {
            assertThat(more.warnings()).anyMatch(line -> line.contains("2 later ones were set aside"));
            assertThat(more.trainer().position().step()).isEqualTo(4);
            assertThat(folders()).containsExactly("step-000004");
            assertThat(new Checkpoints(more.directory()).best()).contains(TinyRun.checkpoint(run, 4));
            more.train(List.of());
        }
        assertThat(folders()).containsExactly("step-000004", "step-000008", "step-000012");
        CheckpointTensors.assertSame(TinyRun.checkpoint(run, 12), last);
        CheckpointTensors.assertSame(aside().resolve("step-000012"), last);
        assertThat(JsonLines.read(run.resolve("metrics.jsonl")).stream()
                        .filter(line -> line.path("split").asText().equals("epoch")))
                .hasSize(3);
    }

    @Test
    void refusesWhatIsNotThereOrNotSound() throws IOException {
        assertThatThrownBy(() -> TrainingRun.resume(back("step-000005")))
                .hasMessageContaining("step-000012, step-000008, step-000004");
        Files.delete(TinyRun.checkpoint(run, 4).resolve("optimizer.safetensors"));
        assertThatThrownBy(() -> TrainingRun.resume(back("step-000004")))
                .hasMessageContaining("has lost its optimizer.safetensors");
        assertThat(folders()).hasSize(3);
    }

    /** As it was done by hand before there was a command for it: torn folders further on are of another past. */
    @Test
    void whatStandsInTheWayIsReplaced() throws IOException {
        Files.writeString(run.resolve("checkpoints/latest"), "step-000004\n");
        byte[] weights = Files.readAllBytes(TinyRun.checkpoint(run, 12).resolve("weights.safetensors"));
        Files.delete(TinyRun.checkpoint(run, 12).resolve("weights.safetensors"));
        Files.write(TinyRun.checkpoint(run, 8).resolve("weights.safetensors"), new byte[3]);
        TinyRun.resume(run);
        assertThat(TinyRun.checkpoint(run, 12).resolve("weights.safetensors")).hasBinaryContent(weights);
        SavedRun.open(run, SavedRun.Weights.RAW, ComputeDevice.CPU).close();
    }

    /** Neither the best nor what is pruned may stop training for ever. */
    @Test
    void passesOverWhatCannotBeRead() throws IOException {
        new Checkpoints(RunDirectory.existing(run)).markBest(TinyRun.checkpoint(run, 4));
        Files.writeString(TinyRun.checkpoint(run, 4).resolve("state.json"), "{");
        TinyRun.resume(run, "train.epochs=5", "train.keep=1");
        assertThat(folders()).containsExactly("step-000004", "step-000020");
        assertThat(run.resolve("log.txt")).content().contains("step-000004 cannot be read");
    }
}
