package io.inkstone.models.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.condition.Condition;
import io.inkstone.diffusion.Guidance;
import io.inkstone.layers.Layer;
import io.inkstone.models.DataForm;
import io.inkstone.models.Generates;
import io.inkstone.models.TinyTraining;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.LiveObjects;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sampling with everything prepared beforehand, against the plain passes. */
class FrozenSamplingTest {
    private static final DataForm FORM = TinyTraining.form(1, 8);

    /** A little trained, so that running statistics are none of the first values. */
    private static Generates model() {
        Generates model = (Generates) TinyTraining.build(new DiffusionFamily(), new DiffusionFamily().defaults(), FORM);
        TinyTraining.train(model, FORM, 3, 1e-3);
        model.network().trainable(false);
        model.network().training(false);
        return model;
    }

    private static GenerationRequest request(long seed, double guidance) {
        return GenerationRequest.of(3, seed)
                .withConditions(List.of(Condition.classes(1, 0), Condition.classes(0, 1), Condition.classes(0, 0)))
                .withSampling(SamplingOptions.of("ddim", 5).withGuidance(Guidance.of(guidance)));
    }

    private static float[] frozen(Generates model, Precision precision, GenerationRequest request) {
        return new Generation(model, ComputeDevice.CPU, precision, 64)
                .pictures(request)
                .toFloats();
    }

    private static float[] plain(Generates model, GenerationRequest request) {
        try (Scope scope = Scope.open()) {
            return Tensors.toFloats(Layer.evaluating(() -> model.generate(request)));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 2.5, 0})
    void agreesWithThePlainPassesToRounding(double guidance) {
        try (Generates model = model()) {
            assertThat(frozen(model, Precision.FLOAT32, request(1, guidance)))
                    .containsExactly(plain(model, request(1, guidance)), within(2e-4f));
        }
    }

    @Test
    void severalThreadsDrawTheSameBytesAtOnceAsAlone() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try (Generates model = model()) {
            List<Future<float[]>> together = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                long seed = i;
                together.add(threads.submit(() -> frozen(model, Precision.BFLOAT16, request(seed, 1.5))));
            }
            for (int i = 0; i < 6; i++) {
                assertThat(together.get(i).get()).isEqualTo(frozen(model, Precision.BFLOAT16, request(i, 1.5)));
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void leavesNothingBehind() {
        try (Generates model = model()) {
            frozen(model, Precision.BFLOAT16, request(1, 2));
            long live = LiveObjects.held();
            frozen(model, Precision.BFLOAT16, request(1, 2));
            assertThat(Scope.liveObjects()).isEqualTo(live);
        }
    }
}
