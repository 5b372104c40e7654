package io.inkstone.run.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvolutionFramesTest {
    @TempDir
    Path folder;

    private List<String> frames(long last) {
        return ReconstructionPreview.frames(folder, last).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    @Test
    void comeInTheOrderOfTheirStepsAndNoneOfTheFuture() throws IOException {
        for (long step : List.of(1_000_000, 200_000, 25, 1_200_000)) {
            Files.createFile(folder.resolve(RunDirectory.step(step) + ".png"));
        }
        Files.createFile(folder.resolve(".step-000001.png.8d7f.tmp"));
        Files.createFile(folder.resolve("step-x.png"));
        assertThat(frames(1_000_000)).containsExactly("step-000025.png", "step-200000.png", "step-1000000.png");
        assertThat(frames(24)).isEmpty();
        assertThat(ReconstructionPreview.frames(folder.resolve("none"), 24)).isEmpty();
    }
}
