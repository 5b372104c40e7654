package io.inkstone.run.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.layers.Layer;
import io.inkstone.layers.Watch;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.TinyDataTest;
import io.inkstone.run.TinyRun;
import io.inkstone.run.TrainingRun;
import io.inkstone.run.checkpoint.Checkpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whoever asks training to stop waits for no preview. */
class StoppedPreviewTest extends TinyDataTest {
    /** The preview after step 25 would take 1,000 steps of the sampler; it is asked to stop while the first is made. */
    @Test
    void isGivenUpAndTheRunSaved() throws IOException {
        Path out = folder.resolve("run");
        AtomicInteger denoised = new AtomicInteger();
        try (TrainingRun run = TinyRun.start(
                TinyRun.recipe(data, "diffusion.steps=1000", "preview.sampler=ddpm", "preview.steps=1000"), out)) {
            Layer[] marker = {null};
            Watch watch = (layer, input, forward) -> {
                if (run.trainer().position().step() == 25) { // all training is done: this draws
                    marker[0] = marker[0] == null ? layer : marker[0];
                    denoised.addAndGet(layer == marker[0] ? 1 : 0);
                    run.trainer().stop();
                }
                return forward.get();
            };
            Watch.during(watch, () -> {
                run.train(List.of());
                return null;
            });
            assertThat(run.trainer().position().step()).isEqualTo(25);
        }
        assertThat(out.resolve("samples/step-000025.png")).doesNotExist();
        assertThat(new Checkpoints(RunDirectory.existing(out)).latest()).contains(TinyRun.checkpoint(out, 25));
        assertThat(denoised.get()).isBetween(1, 3);
    }
}
