package io.inkstone.models.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.diffusion.sampler.SamplerChoice;
import io.inkstone.models.DataForm;
import io.inkstone.models.Diffuses;
import io.inkstone.models.GivenDenoiser;
import io.inkstone.models.TinyTraining;
import io.inkstone.models.diffusion.DiffusionFamily;
import io.inkstone.models.diffusion.DiffusionSettings;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.LiveObjects;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EditingTest {
    private static final DataForm FORM = TinyTraining.form(1, 8);
    private static final SamplingOptions TEN = SamplingOptions.of("ddim", 10);

    /** Its weights are random: enough for what editing promises of any model. */
    private final Diffuses untrained = (Diffuses) TinyTraining.build(new DiffusionFamily(), small(), FORM);

    private static DiffusionSettings small() {
        DiffusionSettings defaults = new DiffusionFamily().defaults();
        return new DiffusionSettings(
                DiffusionSettings.ModelGroup.context(8, defaults.model().context(), true), defaults.diffusion());
    }

    @AfterEach
    void close() {
        untrained.close();
    }

    private static Editing editing(Diffuses model) {
        return new Editing(model, ComputeDevice.CPU, Precision.FLOAT32, 2);
    }

    /** Three pictures, so that batches of two are one and a half. */
    private static NdArray pictures() {
        float[] values = new float[3 * 64];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i);
        }
        return NdArray.of(values, 3, 1, 8, 8);
    }

    private static NdArray leftHalf() {
        float[] mask = new float[64];
        for (int i = 0; i < 64; i++) {
            mask[i] = i % 8 < 4 ? 1 : 0;
        }
        return NdArray.of(mask, 1, 1, 8, 8);
    }

    private static GenerationRequest request() {
        return GenerationRequest.of(3, 5).withSampling(TEN);
    }

    @Test
    void strengthZeroGivesThePicturesBack() {
        assertThat(editing(untrained).redrawn(pictures(), 0, request())).isEqualTo(pictures());
    }

    /** As if the pictures were never given: byte for byte what drawing makes of the same seeds. */
    @Test
    void strengthOneIgnoresThem() {
        NdArray drawn = new Generation(untrained, ComputeDevice.CPU, Precision.FLOAT32, 2).pictures(request());
        assertThat(editing(untrained).redrawn(pictures(), 1, request())).isEqualTo(drawn);
        assertThat(editing(untrained).redrawn(pictures().scaled(-1), 1, request()))
                .isEqualTo(drawn);
    }

    @Test
    void betweenThemPictureAndSeedBothCount() {
        Editing editing = editing(untrained);
        NdArray once = editing.redrawn(pictures(), 0.5, request());
        assertThat(editing.redrawn(pictures(), 0.5, request())).isEqualTo(once);
        assertThat(editing.redrawn(pictures().scaled(0.5), 0.5, request())).isNotEqualTo(once);
        assertThat(editing.redrawn(pictures(), 0.5, GenerationRequest.of(3, 6).withSampling(TEN)))
                .isNotEqualTo(once);
    }

    /** 0.3 of ten steps are the last three. */
    @Test
    void takesItsShareOfTheSteps() {
        List<Double> times = new ArrayList<>();
        GenerationRequest one = GenerationRequest.of(1, 0)
                .withSampling(TEN)
                .withListener((step, from, noisy) -> times.add(from.time()));
        editing(untrained).redrawn(pictures().rows(0, 1), 0.3, one);
        List<Level> grid = untrained.grid(TEN);
        assertThat(times)
                .containsExactly(
                        grid.get(7).time(), grid.get(8).time(), grid.get(9).time());
    }

    /** Three pictures in batches of two: every step of both batches, of as many as there are. */
    @Test
    void whoWatchesHearsOfEveryStep() {
        List<EditWatch.Moment> seen = new ArrayList<>();
        Editing watched = new Editing(untrained, ComputeDevice.CPU, Precision.FLOAT32, 2, seen::add);
        watched.redrawn(pictures(), 0.3, request());
        assertThat(seen).extracting(EditWatch.Moment::done).containsExactly(2L, 4L, 6L, 7L, 8L, 9L);
        assertThat(seen).extracting(EditWatch.Moment::first).containsExactly(0, 0, 0, 2, 2, 2);
        assertThat(seen).extracting(EditWatch.Moment::all).containsOnly(9L);
        seen.clear();
        watched.filled(pictures(), leftHalf(), 2, request());
        assertThat(seen).hasSize(40);
        assertThat(seen.get(39)).matches(last -> last.done() == 60 && last.all() == 60 && last.step() == 20);
        seen.clear();
        watched.redrawn(pictures(), 1, request());
        assertThat(seen.get(seen.size() - 1)).matches(last -> last.done() == 30 && last.all() == 30);
        seen.clear();
        watched.redrawn(pictures(), 0, request());
        assertThat(seen).isEmpty();
    }

    /** Who always guesses the same picture gets it: everywhere after an edit, in the hole after an inpainting. */
    @Test
    void aSureModelFillsItsGuessIn() {
        Diffuses sure = new GivenDenoiser(untrained, (noisy, level) -> torch.zeros_like(noisy));
        assertThat(editing(sure).redrawn(pictures(), 0.4, request()).toFloats()).containsOnly(0f);
        for (int rounds : new int[] {1, 3}) {
            float[] filled = editing(sure)
                    .filled(pictures(), leftHalf(), rounds, request())
                    .toFloats();
            float[] before = pictures().toFloats();
            for (int i = 0; i < filled.length; i++) {
                assertThat(filled[i]).isEqualTo(i % 8 < 4 ? 0f : before[i]);
            }
        }
    }

    @Test
    void whatTheMaskLeavesStaysExactlyAndTheRestDoesNot() {
        float[] filled =
                editing(untrained).filled(pictures(), leftHalf(), 2, request()).toFloats();
        float[] before = pictures().toFloats();
        int changed = 0;
        for (int i = 0; i < filled.length; i++) {
            if (i % 8 < 4) {
                changed += filled[i] == before[i] ? 0 : 1;
            } else {
                assertThat(filled[i]).isEqualTo(before[i]);
            }
        }
        assertThat(changed).isGreaterThan(90);
    }

    @Test
    void everyStretchIsWalkedAsOftenAsAsked() {
        List<Integer> steps = new ArrayList<>();
        GenerationRequest one = GenerationRequest.of(1, 0)
                .withSampling(SamplingOptions.of("ddim", 7))
                .withListener((step, from, noisy) -> steps.add(step));
        editing(untrained).filled(pictures().rows(0, 1), leftHalf(), 3, one);
        assertThat(steps).hasSize(21).isSorted().startsWith(1).endsWith(21);
    }

    /** Back to the noise and forth again, with α·noisy: the best guess of pictures whose values are N(0, 1). */
    @Test
    void invertedNoiseGivesThePictureAgain() {
        Diffuses normal = new GivenDenoiser(untrained, (noisy, level) -> Tensors.scale(noisy, level.alpha()));
        NdArray noise = editing(normal).inverted(pictures(), request());
        try (Scope scope = Scope.open()) {
            List<Level> grid = normal.grid(TEN);
            Tensor start = Tensors.scale(Tensors.of(noise), grid.get(0).deviation());
            Tensor again = normal.sampler(TEN)
                    .sample(normal.denoiser(request()), start, grid, shape -> null, SamplingListener.NONE);
            assertThat(Tensors.toFloats(again)).containsExactly(pictures().toFloats(), within(0.01f));
        }
        assertThat(noise).isNotEqualTo(pictures());
    }

    @Test
    void leavesNothingNative() {
        Editing editing = editing(untrained);
        editing.filled(pictures(), leftHalf(), 2, request());
        long before = LiveObjects.held();
        editing.filled(pictures(), leftHalf(), 2, request());
        editing.redrawn(pictures(), 0.5, request());
        assertThat(LiveObjects.held()).isEqualTo(before);
    }

    @Test
    void refusesWhatDoesNotFit() {
        Editing editing = editing(untrained);
        assertThatThrownBy(() -> editing.redrawn(pictures(), 1.5, request()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("lies in 0 (the picture itself) to 1 (nothing of it), got 1.5");
        assertThatThrownBy(() -> editing.redrawn(pictures(), Double.NaN, request()))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> editing.redrawn(NdArray.of(new float[3 * 16], 3, 1, 4, 4), 0.5, request()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("[3, 1, 8, 8]");
        assertThatThrownBy(() -> editing.filled(pictures(), NdArray.of(new float[16], 1, 1, 4, 4), 1, request()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("The mask");
        GenerationRequest remembering = request().withSampling(SamplingOptions.of("dpmpp-2m", 10));
        assertThatThrownBy(() -> editing.filled(pictures(), leftHalf(), 1, remembering))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "Inpainting takes every step alone, and dpmpp-2m goes by the steps before it: choose another sampler, one of ddpm, ddpm-large, ddpm-small, ddpm-zero, ddim, euler, euler-ancestral, heun, consistency.");
        // Nobody named a sampler, and the model's own goes by earlier steps: DDIM walks.
        Diffuses remembers = new GivenDenoiser(untrained, (noisy, level) -> noisy, SamplerChoice.UNIPC);
        SamplingOptions walked = Editing.singleSteps(remembers, SamplingOptions.DEFAULT);
        assertThat(walked.sampler()).contains(SamplerChoice.DDIM.word());
        assertThatThrownBy(() -> editing.filled(pictures(), leftHalf(), 0, request()))
                .hasMessageContaining("1 round or more");
    }
}
