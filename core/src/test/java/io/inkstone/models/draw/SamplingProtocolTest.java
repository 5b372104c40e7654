package io.inkstone.models.draw;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.diffusion.Guidance;
import io.inkstone.run.SavedRun;
import io.inkstone.run.TinyRun;
import io.inkstone.tensor.ComputeDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How pictures were drawn, in words. */
class SamplingProtocolTest {
    @TempDir
    Path folder;

    /** Whatever a default becomes later, the words say what was done. */
    @Test
    void namesWhatNobodyChose() throws IOException {
        Path trained = TinyRun.train(TinyRun.recipe(TinyRun.data(folder)), folder.resolve("run"), 1);
        try (SavedRun run = SavedRun.open(trained, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            SamplingOptions chosen = SamplingOptions.of(Optional.of("heun"), Optional.of("karras"), OptionalInt.of(1))
                    .withGuidance(new Guidance(2.5, 0.7, 0.3, 5))
                    .withClamp(true);
            assertThat(SamplingProtocol.of(run.generates(), chosen))
                    .isEqualTo("heun, 1 step, grid karras, guidance 2.5 rescaled by 0.7 between 0.3 and 5, clamped");
            assertThat(SamplingProtocol.of(run.generates(), SamplingOptions.DEFAULT))
                    .isEqualTo("ddim, 20 steps, grid uniform, guidance 1");
        }
    }
}
