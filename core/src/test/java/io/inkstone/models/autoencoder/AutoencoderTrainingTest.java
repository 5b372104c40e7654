package io.inkstone.models.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.layers.Initializer;
import io.inkstone.layers.Passes;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.DataForm;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.LiveObjects;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Adam;
import io.inkstone.train.Batch;
import io.inkstone.train.Draws;
import io.inkstone.train.Losses;
import io.inkstone.train.OptimizerConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AutoencoderTrainingTest {
    private static final DataForm FORM = new DataForm(3, 8, List.of());
    /** Of float32 sums in another order; what is measured here is 2e-6 at most, other processors have some room. */
    private static final float ROUNDING = 1e-5f;

    /**
     * What goes back from block to block lies otherwise in memory than in the plain pass, and a sum over it is taken in
     * another order: the bias of one pointwise convolution differs by 2e-7 of its largest gradient, in bfloat16 none.
     */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "BFLOAT16"})
    void checkpointingLeavesTheGradientsAlone(Precision precision) {
        assertSame(gradients(BlockMemory.ALWAYS, precision, 0), gradients(BlockMemory.NEVER, precision, 0));
    }

    /** With a weighted divergence the moments have two ways back, whose gradients add up in another order: 2e-6. */
    @Test
    void checkpointingAddsUpWhatComesBackTwoWays() {
        assertSame(
                gradients(BlockMemory.ALWAYS, Precision.FLOAT32, 0.01),
                gradients(BlockMemory.NEVER, Precision.FLOAT32, 0.01));
    }

    /** To {@link #ROUNDING}, in units of a tensor's largest gradient. */
    private static void assertSame(Map<String, float[]> recomputed, Map<String, float[]> plain) {
        assertThat(recomputed.keySet()).isEqualTo(plain.keySet()).hasSizeGreaterThan(100);
        float most = 0;
        for (float[] values : plain.values()) {
            most = Math.max(most, Passes.largest(values));
        }
        // The bias of the keys shifts all that a softmax compares: its gradient is rounding and nothing else.
        float nothing = 1e-8f * most;
        plain.forEach((name, values) -> assertThat(recomputed.get(name))
                .as(name)
                .containsExactly(values, within(ROUNDING * Passes.largest(values) + nothing)));
    }

    /** Two batches, so that gradients add up. */
    private static Map<String, float[]> gradients(BlockMemory checkpointing, Precision precision, double klWeight) {
        Map<String, float[]> values = new LinkedHashMap<>();
        try (Scope scope = Scope.open();
                AutoencoderModel model = model(checkpointing, klWeight)) {
            for (int i = 0; i < 2; i++) {
                backward(model, i, precision);
            }
            model.network()
                    .parameters()
                    .forEach((name, parameter) -> values.put(name, Tensors.toFloats(parameter.grad())));
        }
        return values;
    }

    @ParameterizedTest
    @EnumSource(names = {"NEVER", "ALWAYS"})
    void keepsNothingAfterAStep(BlockMemory checkpointing) {
        try (Scope scope = Scope.open();
                AutoencoderModel model = model(checkpointing, 0)) {
            backward(model, 0, Precision.BFLOAT16);
            long before = LiveObjects.held();
            backward(model, 1, Precision.BFLOAT16);
            backward(model, 2, Precision.BFLOAT16);
            assertThat(LiveObjects.held()).isEqualTo(before);
        }
    }

    @Test
    void learnsToRepeatAPicture() {
        try (Scope scope = Scope.open();
                AutoencoderModel model = model(BlockMemory.AUTO, 0);
                Adam adam = new Adam(model.network().parameters(), OptimizerConfig.adam(1e-3))) {
            double first = backward(model, 0, Precision.FLOAT32);
            double last = first;
            for (int i = 0; i < 10; i++) {
                adam.step(1e-3);
                adam.clearGradients();
                last = backward(model, 0, Precision.FLOAT32);
            }
            assertThat(last).isLessThan(0.5 * first);
        }
    }

    @Test
    void logsBothLossesAndWeighsThem() {
        try (Scope scope = Scope.open();
                AutoencoderModel model = model(BlockMemory.NEVER, 0.5)) {
            Losses losses = losses(model, 0);
            double error = Tensors.toDouble(losses.parts().get("mse"));
            double divergence = Tensors.toDouble(losses.parts().get("kl"));
            assertThat(divergence).isPositive();
            assertThat(Tensors.toDouble(losses.total())).isCloseTo(error + 0.5 * divergence, within(1e-5));
        }
    }

    @Test
    void reconstructsFromTheMean() {
        try (Scope scope = Scope.open();
                AutoencoderModel model = model(BlockMemory.NEVER, 0)) {
            assertThat(model.latentShape()).containsExactly(4, 4, 4);
            Tensor pictures = batch(0).pictures();
            Tensor moments = model.encode(pictures, null);
            assertThat(moments.shape()).containsExactly(2, 8, 4, 4);
            float[] decoded = Tensors.toFloats(model.decode(moments.narrow(1, 0, 4), null));
            assertThat(Tensors.toFloats(model.reconstruct(pictures, null))).isEqualTo(decoded);
            assertThat(Tensors.toFloats(Autoencodes.logVariance(moments)))
                    .isEqualTo(Tensors.toFloats(moments.narrow(1, 4, 4)));
        }
    }

    @Test
    void checkpointsByItselfWhereMemoryWouldBeShort() {
        assertThat(BlockMemory.AUTO.recomputes(1L << 20)).isFalse();
        assertThat(BlockMemory.AUTO.recomputes(1L << 50)).isTrue();
        AutoencoderShape published = new AutoencoderShape(3, 128, List.of(1, 2, 4, 4), 4, 32);
        assertThat(published.keptValues(2, 256, 256)).isBetween(1_000_000_000L, 2_000_000_000L);
    }

    private static AutoencoderModel model(BlockMemory checkpointing, double klWeight) {
        AutoencoderSettings settings = new AutoencoderSettings(
                new AutoencoderSettings.ModelGroup(32, List.of(1, 2), 4, 16, true, true, checkpointing),
                new AutoencoderSettings.ObjectiveGroup(klWeight));
        return (AutoencoderModel) new AutoencoderFamily().build(Initializer.seeded(new Seed(1)), settings, FORM);
    }

    private static double backward(AutoencoderModel model, int number, Precision precision) {
        try (Scope scope = Scope.open()) {
            Losses losses = precision.compute(ComputeDevice.CPU, () -> losses(model, number));
            double total = Tensors.toDouble(losses.total());
            losses.backward(0.5);
            return total;
        }
    }

    private static Losses losses(AutoencoderModel model, int number) {
        return model.objective()
                .phases()
                .get(0)
                .losses(batch(number), new Draws(new Seed(2), number, ComputeDevice.CPU));
    }

    private static Batch batch(int number) {
        Tensor pictures = Tensors.uniform(new Seed(3).generator(Seed.Purpose.SAMPLING, number), 2, 3, 8, 8);
        return new Batch(Tensors.scale(pictures, 2).sub_(new Scalar(1.0)), List.of(), false);
    }
}
