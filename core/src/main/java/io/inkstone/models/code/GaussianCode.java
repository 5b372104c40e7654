package io.inkstone.models.code;

import io.inkstone.models.Autoencodes;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Codes that are Gaussians with independent values, one per picture of a batch.
 *
 * @param mean [N, …]
 * @param logVariance [N, …], float32
 */
public record GaussianCode(Tensor mean, Tensor logVariance) {
    /** e^−30 is nothing beside 1 in float32. */
    private static final double LEAST_LOG_VARIANCE = -30;

    /** e^20 is far from float32's largest number. */
    private static final double LARGEST_LOG_VARIANCE = 20;

    /** @param moments [N, 2·c, …], means, then log-variances, as {@link Autoencodes#encode} gives them */
    public static GaussianCode of(Tensor moments) {
        return new GaussianCode(Autoencodes.mean(moments), Autoencodes.logVariance(moments));
    }

    /** Held to [−30, 20], where variances neither over- nor underflow. */
    public static Tensor clamped(Tensor logVariance) {
        return logVariance.clamp(
                new ScalarOptional(new Scalar(LEAST_LOG_VARIANCE)),
                new ScalarOptional(new Scalar(LARGEST_LOG_VARIANCE)));
    }

    /** mean + e^(logVariance/2)·noise: the draw is outside, so that gradients reach the moments. */
    public Tensor sample(Tensor noise) {
        return mean.add(Tensors.scale(logVariance, 0.5).exp().mul(noise));
    }

    /**
     * Divergence from the standard normal, ½Σ(mean² + variance − 1 − logVariance) summed over a code and averaged over the
     * batch, in nats (Kingma and Welling 2014, appendix B).
     */
    public Tensor divergence() {
        Tensor twice = mean.square().add_(logVariance.exp()).sub_(logVariance).sub_(new Scalar(1.0));
        return Tensors.scale(twice.sum(), 0.5 / mean.size(0));
    }

    /** The same without gradients. */
    public GaussianCode detached() {
        return new GaussianCode(mean.detach(), logVariance.detach());
    }
}
