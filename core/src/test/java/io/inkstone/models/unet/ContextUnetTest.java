package io.inkstone.models.unet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.condition.Told;
import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.diffusion.grid.UniformGrid;
import io.inkstone.diffusion.path.LinearBetaPath;
import io.inkstone.diffusion.sampler.DdimSampler;
import io.inkstone.diffusion.target.NoiseTarget;
import io.inkstone.golden.Golden;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.layers.Unary;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextUnetTest {
    @ParameterizedTest
    @CsvSource({
        "3,  64, 16,  5,  1481027",
        "3,  64, 28,  5,  2021699",
        "1,  64, 28, 10,  2020225",
        "3, 256, 28, 10, 32224259",
    })
    void hasThePublishedNumberOfParameters(int channels, int width, int side, int classes, long expected) {
        try (Scope scope = Scope.open();
                ContextUnet network = new ContextUnet(
                        Initializer.shapesOnly(), ContextUnet.Shape.of(channels, width, side, classes))) {
            assertThat(network.parameterCount()).isEqualTo(expected);
        }
    }

    @Test
    void listsThePublishedRowsAndTheShortcut() {
        try (Scope scope = Scope.open();
                ContextUnet network = new ContextUnet(Initializer.shapesOnly(), ContextUnet.Shape.of(3, 256, 28, 10))) {
            assertThat(network.parameters().keySet().stream().filter(name -> !name.contains("shortcut")))
                    .hasSize(102)
                    .startsWith("init_conv.conv1.0.weight")
                    .endsWith("out.3.bias");
            assertThat(network.parameters()).containsKey("init_conv.shortcut.weight");
        }
    }

    @Test
    void answersTheReferenceNoise() {
        try (Scope scope = Scope.open();
                ContextUnet network = golden()) {
            Tensor noise = Layer.evaluating(() -> network.apply(
                    Golden.tensor("unet_noise"), Golden.tensor("unet_t"), Told.of(Golden.tensor("unet_context"))));
            Golden.assertMatches(noise, "unet_eps", 5e-5);
        }
    }

    @Test
    void samplesTheReferencePicturesIn20DdimSteps() {
        try (Scope scope = Scope.open();
                ContextUnet network = golden()) {
            Tensor context = Golden.tensor("unet_context");
            Denoiser denoiser = new NoiseTarget()
                    .dress((noisy, time) ->
                            network.apply(noisy, Tensors.of(new float[] {(float) time}, 1), Told.of(context)));
            LinearBetaPath path = new LinearBetaPath(500, 1e-4, 0.02);
            Tensor pictures = Layer.evaluating(() -> new DdimSampler(0)
                    .sample(
                            denoiser,
                            Golden.tensor("unet_noise"),
                            new UniformGrid(500).levels(path, 20),
                            shape -> {
                                throw new AssertionError("deterministic");
                            },
                            SamplingListener.NONE));
            Golden.assertMatches(pictures, "ddim20_sample", 2e-4);
        }
    }

    /** Of a map that counts its places 0 to 48: the mean of rows and columns 0 to 3 is 12, that of all 24. */
    @Test
    void poolsTheUpperLeftCornerWhenAskedTo() {
        assertThat(pooled(4)).isCloseTo(12, within(1e-5));
        assertThat(pooled(7)).isCloseTo(24, within(1e-5));
    }

    private static double pooled(int window) {
        float[] places = new float[49];
        for (int i = 0; i < places.length; i++) {
            places[i] = i;
        }
        ContextUnet.Shape shape = new ContextUnet.Shape(1, 8, 28, 10, window, true);
        try (Scope scope = Scope.open();
                ContextUnet network = new ContextUnet(Initializer.empty(), shape)) {
            Unary toVector = (Unary) network.children().get("to_vec");
            return Tensors.toDouble(toVector.apply(Tensors.of(places, 1, 1, 7, 7)));
        }
    }

    @Test
    void goesUpFromTheInnermostMapWithoutUp0() {
        ContextUnet.Shape shape = new ContextUnet.Shape(3, 8, 16, 2, 4, false);
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin();
                ContextUnet network = new ContextUnet(Initializer.seeded(new Seed(3)), shape)) {
            assertThat(network.parameters().keySet()).noneMatch(name -> name.startsWith("up0."));
            Tensor pictures = Tensors.zeros(2, 3, 16, 16);
            Tensor time = Tensors.of(new float[] {0.5f}, 1);
            Tensor context = Tensors.of(new float[] {1, 0, 0, 1}, 2, 2);
            Tensor answer = Layer.evaluating(() -> network.apply(pictures, time, Told.of(context)));
            assertThat(answer.shape()).containsExactly(2, 3, 16, 16);
            assertThat(Tensors.toDouble(
                            answer.select(0, 0).sub(answer.select(0, 1)).abs().max()))
                    .as("the context still acts")
                    .isPositive();
        }
    }

    @Test
    void refusesWhatItCannotBuild() {
        assertThatThrownBy(() -> ContextUnet.Shape.of(3, 64, 30, 5))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("divisible by 4, got 30")
                .hasMessageContaining("28 or 32");
        assertThatThrownBy(() -> ContextUnet.Shape.of(3, 60, 16, 5)).hasMessageContaining("divisible by 8, got 60");
        assertThatThrownBy(() -> new ContextUnet.Shape(3, 64, 28, 5, 3, true)).hasMessageContaining("pool of 3");
    }

    private static ContextUnet golden() {
        return Golden.fill(new ContextUnet(Initializer.empty(), ContextUnet.Shape.of(3, 64, 16, 5)));
    }
}
