package io.inkstone.models.autoencoder;

import io.inkstone.layers.BlockPass;
import io.inkstone.layers.HandPass;
import io.inkstone.layers.Recomputation;
import io.inkstone.models.Autoencodes;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.Draws;
import io.inkstone.train.Losses;
import io.inkstone.train.Objective;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Decodes a sample of each code and compares it to the picture: mean squared error over all values plus klWeight · KL,
 * where KL is the divergence from the standard normal, ½Σ(mean² + variance − 1 − logvar) summed over a code and averaged
 * over the batch, in nats (Kingma and Welling 2014, appendix B). Without weight the divergence is only logged.
 */
record AutoencoderObjective(AutoencoderNetwork network, AutoencoderSettings settings) {
    /** Beyond these a variance's exponential over- or underflows in float32. */
    private static final double LOWEST_LOG_VARIANCE = -30;

    private static final double HIGHEST_LOG_VARIANCE = 20;

    Objective asObjective() {
        return Objective.of(network, this::losses);
    }

    private Losses losses(Batch batch, Draws draws) {
        if (HandPass.pays(batch.pictures())) {
            HandPass pass = new HandPass();
            return losses(batch, draws, pass).backwardBy(pass::backward);
        }
        if (!checkpoints(batch.pictures())) {
            return losses(batch, draws, BlockPass.PLAIN);
        }
        Recomputation recomputation = new Recomputation();
        return losses(batch, draws, recomputation).backwardBy(recomputation::backward);
    }

    private Losses losses(Batch batch, Draws draws, BlockPass blocks) {
        Tensor moments = network.encode(batch.pictures(), blocks).to(ScalarType.Float);
        Tensor mean = Autoencodes.mean(moments);
        Tensor logVariance = Autoencodes.logVariance(moments)
                .clamp(
                        new ScalarOptional(new Scalar(LOWEST_LOG_VARIANCE)),
                        new ScalarOptional(new Scalar(HIGHEST_LOG_VARIANCE)));
        Tensor noise = draws.normal(mean.shape());
        Tensor sample = Tensors.scale(logVariance, 0.5).exp().mul(noise).add_(mean);
        Tensor error = Tensors.meanSquaredError(network.decode(sample, blocks), batch.pictures());
        double weight = settings.objective().klWeight();
        Tensor divergence =
                weight == 0 ? divergence(mean.detach(), logVariance.detach()) : divergence(mean, logVariance);
        Tensor total = weight == 0 ? error : Tensors.combine(1, error, weight, divergence);
        return new Losses(total, Map.of("mse", error, "kl", divergence));
    }

    private static Tensor divergence(Tensor mean, Tensor logVariance) {
        Tensor twice = mean.square().add_(logVariance.exp()).sub_(logVariance).sub_(new Scalar(1.0));
        return Tensors.scale(twice.sum(), 0.5 / mean.size(0));
    }

    private boolean checkpoints(Tensor pictures) {
        ComputeDevice device = new ComputeDevice(pictures.device().type().intern(), 0);
        int bytes = torch.is_autocast_enabled(device.type()) ? 2 : 4;
        long kept = network.shape().keptValues(pictures.size(0), pictures.size(2), pictures.size(3));
        return settings.model().checkpointing().on(kept * bytes);
    }
}
