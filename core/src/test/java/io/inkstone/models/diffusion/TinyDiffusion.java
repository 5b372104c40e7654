package io.inkstone.models.diffusion;

import io.inkstone.condition.Told;
import io.inkstone.layers.Layer;
import io.inkstone.models.diffusion.DiffusionSettings.DiffusionGroup;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.models.unet.DiffusionNetwork;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The model with a network of two numbers: nothing of it knows a U-Net. */
final class TinyDiffusion {
    private static final List<String> CLASSES = List.of("upper", "left");

    private TinyDiffusion() {}

    /** Answers noisy·(weight + time) + bias·context: enough to learn, and to see what it was given. */
    static final class TwoNumbers extends Layer implements DiffusionNetwork {
        private final Tensor weight = parameter("weight", Tensors.of(new float[] {0.5f}, 1));
        private final Tensor bias = parameter("bias", Tensors.of(new float[] {0.1f, -0.2f}, 1, 2));
        final List<String> seen = new ArrayList<>();

        @Override
        public Layer layer() {
            return this;
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public int side() {
            return 4;
        }

        @Override
        public int classes() {
            return 2;
        }

        @Override
        public Tensor apply(Tensor noisy, Tensor time, Told told) {
            Tensor context = told.vector();
            seen.add("%d pictures, %d times, %d contexts".formatted(noisy.size(0), time.numel(), context.size(0)));
            return pass(noisy, () -> {
                Tensor shift = context.mul(bias).sum(1).reshape(-1, 1, 1, 1);
                return noisy.mul(weight.add(time.reshape(-1, 1, 1, 1).mul(new Scalar(0.1))))
                        .add(shift);
            });
        }
    }

    static DiffusionGroup keys(PathChoice path, TargetChoice target, WeightChoice weight, LevelsChoice levels) {
        return new DiffusionGroup(path, 20, 0.001, 0.2, 0.002, 80, false, target, 0.5, weight, levels, 0.1);
    }

    static DiffusionModel model(DiffusionGroup keys) {
        try (Scope scope = Scope.open()) {
            return new DiffusionModel(new TwoNumbers(), keys, CLASSES);
        }
    }

    static GenerationRequest request(SamplingOptions options) {
        return GenerationRequest.of(2, 0).withSampling(options);
    }

    static float[] draw(DiffusionModel model, SamplingOptions options) {
        return run(model, request(options));
    }

    static float[] run(DiffusionModel model, GenerationRequest request) {
        return new Generation(model, ComputeDevice.CPU, Precision.FLOAT32, 8)
                .pictures(request)
                .toFloats();
    }
}
