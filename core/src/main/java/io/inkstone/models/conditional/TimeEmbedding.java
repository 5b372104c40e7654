package io.inkstone.models.conditional;

import io.inkstone.layers.Frozen;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.layers.Linear;
import io.inkstone.layers.Timesteps;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Tensors;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What residual blocks are told of the time, and of the guidance weight where the network knows it, [·] → [·, 4·width]:
 * SiLU(linear_2(SiLU(linear_1(waves + cond_proj(waves of the weight))))).
 */
final class TimeEmbedding extends Layer {
    /** A guidance weight w is told as 1000·(w − 1) (Luo et al. 2023, arXiv:2310.04378). */
    private static final double WEIGHTS = 1000;

    private final Timesteps waves;
    private final Timesteps weightWaves;
    private final Linear linear1;
    private final Linear weight;
    private final Linear linear2;

    TimeEmbedding(Initializer init, ConditionalShape shape) {
        int width = shape.levels().get(0).width();
        waves = new Timesteps(width, shape.time().cosinesFirst(), shape.time().shift());
        linear1 = child("linear_1", new Linear(init, width, shape.embedding()));
        boolean knowsWeight = shape.time().guidance().isPresent();
        int size = shape.time().guidance().orElse(2);
        weightWaves = new Timesteps(size, false, 1);
        weight = knowsWeight ? child("cond_proj", Linear.withoutBias(init, size, width)) : null;
        linear2 = child("linear_2", new Linear(init, shape.embedding(), shape.embedding()));
    }

    /** In float32: bfloat16 cannot tell a thousand times apart. */
    Tensor apply(Tensor times, OptionalDouble guidance) {
        return pass(
                times,
                () -> Precision.inFloat32(() -> {
                    Tensor told = waves.of(times);
                    if (weight != null && guidance.isPresent()) {
                        Tensor number = Tensors.of(new float[] {(float) ((guidance.getAsDouble() - 1) * WEIGHTS)}, 1);
                        Tensor of = weightWaves.of(number).to(told.device(), told.scalar_type());
                        told = told.add(Frozen.through(of, weight));
                    }
                    return torch.silu(Frozen.through(torch.silu(Frozen.through(told, linear1)), linear2));
                }));
    }
}
