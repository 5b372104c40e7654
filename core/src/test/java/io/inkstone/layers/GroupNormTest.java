package io.inkstone.layers;

import static io.inkstone.layers.KernelChoices.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupNormTest {
    /** Narrow groups go through plain memory in training: the same numbers and gradients, and channels last again. */
    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void isTheSameInTrainingAndEvaluation(int channels) {
        try (Scope scope = Scope.open();
                GroupNorm norm = new GroupNorm(Initializer.empty(), 4, channels, 1e-6)) {
            Tensor draws = Tensors.normal(new Seed(1).generator(Seed.Purpose.NOISE), 2, channels, 5, 3);
            float[][] training = results(norm, draws);
            norm.training(false);
            float[][] evaluation = results(norm, draws);
            for (int i = 0; i < training.length; i++) {
                // Values reach 50: a few units in the last place.
                assertThat(training[i]).containsExactly(evaluation[i], within(3e-5f));
            }
        }
    }

    /** Whichever way is chosen, and whatever the map: the choice is the run's, the numbers are the same. */
    @Test
    void isTheSameByEitherWay() {
        KernelChoices asItLies = new KernelChoices(
                new KernelChoices.PlainGroupNorm(0, 0, 0, 0),
                0,
                false,
                false,
                NEVER,
                NEVER,
                KernelChoices.MinimalFiltering.NONE);
        KernelChoices plain = new KernelChoices(
                new KernelChoices.PlainGroupNorm(0, 100, 1024, 64),
                0,
                false,
                false,
                NEVER,
                NEVER,
                KernelChoices.MinimalFiltering.NONE);
        try (Scope scope = Scope.open();
                GroupNorm norm = new GroupNorm(Initializer.empty(), 4, 16, 1e-6)) {
            Tensor draws = Tensors.normal(new Seed(1).generator(Seed.Purpose.NOISE), 2, 16, 5, 3);
            assertThat(plain.groupNormInPlainMemory(draws, 4, true)).isTrue();
            assertThat(asItLies.groupNormInPlainMemory(draws, 4, true)).isFalse();
            float[][] one = asItLies.during(() -> results(norm, draws));
            float[][] other = plain.during(() -> results(norm, draws));
            assertThat(KernelChoices.current()).isEqualTo(KernelChoices.MEASURED);
            for (int i = 0; i < one.length; i++) {
                assertThat(one[i]).containsExactly(other[i], within(3e-5f));
            }
        }
    }

    /** As the first layer of a network, and behind one that does not learn. */
    @ParameterizedTest
    @ValueSource(ints = {8, 16})
    void learnsFromPicturesThatWantNoGradient(int channels) {
        try (Scope scope = Scope.open();
                GroupNorm norm = new GroupNorm(Initializer.empty(), 4, channels, 1e-6)) {
            Tensor draws = Tensors.normal(new Seed(1).generator(Seed.Purpose.NOISE), 2, channels, 8, 8);
            results(norm, draws);
            Tensor weight = norm.parameters().get("weight");
            float[] behindOthers = Tensors.toFloats(weight.grad());
            weight.grad().zero_();
            Tensor y = norm.apply(Tensors.channelsLast(draws));
            y.mul(y).mul(draws).sum().backward();
            assertThat(Tensors.toFloats(weight.grad())).containsExactly(behindOthers, within(1e-3f));
        }
    }

    /** Output, gradient of the input for a gradient that differs everywhere. */
    private static float[][] results(GroupNorm norm, Tensor draws) {
        norm.parameters().get("weight").detach().fill_(new Scalar(2.0));
        Tensor x = Tensors.channelsLast(draws).detach().requires_grad_(true);
        Tensor y = norm.apply(x);
        assertThat(y.is_contiguous(MemoryFormat.ChannelsLast)).isTrue();
        y.mul(y).mul(draws).sum().backward();
        return new float[][] {Tensors.toFloats(y), Tensors.toFloats(x.grad())};
    }
}
