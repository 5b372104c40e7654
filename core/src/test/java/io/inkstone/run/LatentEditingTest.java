package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.models.Diffuses;
import io.inkstone.models.TwoStage;
import io.inkstone.models.code.Coding;
import io.inkstone.models.draw.Editing;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.LiveObjects;
import io.inkstone.tensor.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Pictures changed through the codes of a first stage: codes [2, 4, 4] of pictures of 8×8. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LatentEditingTest {
    private SavedRun saved;
    private Diffuses model;
    private Editing editing;

    @BeforeAll
    void trainBoth(@TempDir Path folder) throws IOException {
        Path data = TinyRun.data(folder);
        Path stage = TinyRun.train(TinyRun.autoencoder(data), folder.resolve("stage"));
        Path run = TinyRun.train(
                TinyRun.latent(data, "train.epochs=1").withFirstStage(stage.toString()), folder.resolve("latent"));
        saved = SavedRun.open(run, SavedRun.Weights.EMA, ComputeDevice.CPU);
        model = (Diffuses) saved.model();
        editing = new Editing(model, ComputeDevice.CPU, Precision.FLOAT32, 2);
    }

    @AfterAll
    void close() {
        saved.close();
    }

    /** Into codes, changed there, and out again: what editing promises of pictures holds for pictures of codes. */
    @Test
    void changesPicturesThroughTheirCodes() {
        Generation generation = new Generation(model, ComputeDevice.CPU, Precision.FLOAT32, 2);
        NdArray pictures = waves();
        NdArray known = new Coding(((TwoStage) model).stage(), ComputeDevice.CPU, Precision.FLOAT32)
                .reconstruct(pictures, List.of());
        GenerationRequest request = GenerationRequest.of(3, 5).withSampling(SamplingOptions.of("ddim", 20));
        assertThat(editing.redrawn(pictures, 0, request)).isEqualTo(pictures);
        assertThat(editing.redrawn(pictures, 1, request)).isEqualTo(generation.pictures(request));
        NdArray near = editing.redrawn(pictures, 0.1, request);
        NdArray far = editing.redrawn(pictures, 0.9, request);
        assertThat(distance(near, known)).isPositive().isLessThan(distance(far, known) / 2);
        NdArray noise = editing.inverted(pictures, request);
        assertThat(noise.shape()).containsExactly(3, 2, 4, 4);
        assertThat(distance(generation.pictures(request.withStart(noise)), known))
                .isLessThan(1e-3);
    }

    /** One pixel is open: the place of the codes that stands for it is drawn anew, and every other pixel comes back. */
    @Test
    void fillsAHoleSmallerThanAPlaceOfTheCodes() {
        float[] mask = new float[64];
        int open = 3 * 8 + 5;
        mask[open] = 1;
        GenerationRequest request = GenerationRequest.of(3, 5).withSampling(SamplingOptions.of("ddim", 4));
        float[] filled = editing.filled(waves(), NdArray.of(mask, 1, 1, 8, 8), 2, request)
                .toFloats();
        float[] before = waves().toFloats();
        float[] known = new Coding(((TwoStage) model).stage(), ComputeDevice.CPU, Precision.FLOAT32)
                .reconstruct(waves(), List.of())
                .toFloats();
        for (int i = 0; i < filled.length; i++) {
            if (i % 64 == open) {
                // Were its place kept, it would be what the first stage makes of it.
                assertThat(filled[i]).isNotCloseTo(known[i], within(1e-4f));
            } else {
                assertThat(filled[i]).isEqualTo(before[i]);
            }
        }
        assertThatThrownBy(() ->
                        editing.redrawn(waves(), 0.5, request.withSampling(SamplingOptions.DEFAULT.withClamp(true))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--clamp");
    }

    private static NdArray waves() {
        float[] values = new float[3 * 192];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i / 5.0);
        }
        return NdArray.of(values, 3, 3, 8, 8);
    }

    /** Root mean square. */
    private static double distance(NdArray a, NdArray b) {
        double sum = 0;
        for (int i = 0; i < a.count(); i++) {
            sum += Math.pow(a.toFloats()[i] - b.toFloats()[i], 2);
        }
        return Math.sqrt(sum / a.count());
    }

    @Test
    void leavesNothingNative() {
        GenerationRequest request = GenerationRequest.of(3, 5).withSampling(SamplingOptions.of("ddim", 2));
        NdArray mask = NdArray.of(new float[64], 1, 1, 8, 8);
        editing.filled(waves(), mask, 1, request);
        editing.inverted(waves(), request);
        long before = LiveObjects.held();
        editing.filled(waves(), mask, 1, request);
        editing.redrawn(waves(), 0.5, request);
        editing.inverted(waves(), request);
        assertThat(LiveObjects.held()).isEqualTo(before);
    }
}
