package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.LiveObjects;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run that is opened to draw from it. */
class SavedRunTest extends TinyDataTest {
    private Path shortRun(int steps) {
        return TinyRun.train(TinyRun.recipe(data, "train.epochs=1"), folder.resolve("run"), steps);
    }

    private static SavedRun open(Path run) {
        return SavedRun.open(run, SavedRun.Weights.EMA, ComputeDevice.CPU);
    }

    private static Generation generation(SavedRun saved) {
        return new Generation((Generates) saved.model(), ComputeDevice.CPU, Precision.FLOAT32, 4);
    }

    @Test
    void drawsTheSamePictureAloneAndAmongOthers() {
        try (SavedRun saved = open(shortRun(10))) {
            NdArray six = generation(saved).pictures(GenerationRequest.of(6, 10));
            NdArray last = generation(saved).pictures(GenerationRequest.of(1, 15));
            assertThat(six.shape()).containsExactly(6, 3, 8, 8);
            // Other batch sizes round differently: 8e-7 a pass, grown by 20 steps.
            assertThat(last.toFloats()).containsExactly(six.rows(5, 1).toFloats(), within(2e-4f));
            assertThat(saved.hash()).hasSize(64);
        }
    }

    /** A start that is given must not meet itself again as the noise on the way. */
    @Test
    void theStartOfASeedGivesTheSeedsPicture() {
        try (SavedRun saved = open(shortRun(5))) {
            GenerationRequest drawn = GenerationRequest.of(2, 7).withSampling(SamplingOptions.of("ddpm", 10));
            NdArray start;
            try (Scope scope = Scope.open()) {
                start = Tensors.toArray(((Generates) saved.model()).start(List.of(7L, 8L)));
            }
            assertThat(generation(saved).pictures(drawn.withStart(start)))
                    .isEqualTo(generation(saved).pictures(drawn));
        }
    }

    @Test
    void whatCannotBeOpenedIsFreed() throws IOException {
        Path run = shortRun(1);
        Files.write(TinyRun.checkpoint(run, 1).resolve("ema.safetensors"), new byte[100]);
        long before = LiveObjects.held();
        assertThatThrownBy(() -> open(run)).isInstanceOf(InputException.class);
        assertThat(LiveObjects.held()).isEqualTo(before);
    }
}
