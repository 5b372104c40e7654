package io.inkstone.models.unet;

import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.LinearBetaPath;
import io.inkstone.diffusion.Target;
import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.Draws;
import io.inkstone.train.Losses;
import io.inkstone.train.Objective;
import org.bytedeco.pytorch.Tensor;

/**
 * Ho et al. 2020, eq. 14: mean squared error between the target and the network's answer for x_t = √ᾱ_t·clean +
 * √(1−ᾱ_t)·noise, with t uniform in 1…T per picture. The context of some pictures is zeroed, so that one network learns
 * both models that guidance needs.
 */
record DiffusionObjective(ContextUnet network, LinearBetaPath path, Target target, DiffusionSettings settings) {
    Objective asObjective() {
        return Objective.of(network, this::losses);
    }

    private Losses losses(Batch batch, Draws draws) {
        int count = batch.size();
        Levels levels = Levels.of(path, draws.integers(count, 1, path.steps()));
        Tensor clean = batch.pictures();
        Tensor noise = Tensors.channelsLast(draws.normal(clean.shape()));
        Tensor noisy = clean.mul(levels.alpha).add_(noise.mul(levels.sigma));
        Tensor answer = network.apply(noisy, levels.time, context(batch, draws));
        return Losses.of(Tensors.meanSquaredError(answer, target.of(clean, noise, levels.alpha, levels.sigma)));
    }

    private Tensor context(Batch batch, Draws draws) {
        int size = network.shape().classes();
        if (!settings.model().conditional()) {
            return Tensors.zeros(batch.size(), size);
        }
        Shapes.require("Context of a batch", batch.context(), batch.size(), size);
        return batch.context().mul(draws.keep(batch.size(), settings.diffusion().contextDropout()));
    }

    /** The levels of a batch as tensors: time [N], factors [N, 1, 1, 1]. */
    private record Levels(Tensor time, Tensor alpha, Tensor sigma) {
        static Levels of(LinearBetaPath path, int[] indices) {
            int count = indices.length;
            float[] time = new float[count];
            float[] alpha = new float[count];
            float[] sigma = new float[count];
            for (int i = 0; i < count; i++) {
                Level level = path.at((double) indices[i] / path.steps());
                time[i] = (float) level.time();
                alpha[i] = (float) level.alpha();
                sigma[i] = (float) level.sigma();
            }
            return new Levels(
                    Tensors.of(time, count), Tensors.of(alpha, count, 1, 1, 1), Tensors.of(sigma, count, 1, 1, 1));
        }
    }
}
