package io.inkstone.models.autoencoder;

import io.inkstone.layers.BlockPass;
import io.inkstone.layers.HandPass;
import io.inkstone.layers.KeptPass;
import io.inkstone.layers.Recomputation;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.code.GaussianCode;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.Draws;
import io.inkstone.train.Losses;
import io.inkstone.train.Objective;
import io.inkstone.train.Quantity;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Decodes a sample of each code and compares it to the picture: mean squared error over all values plus klWeight · KL,
 * where KL is the divergence from the standard normal, ½Σ(mean² + variance − 1 − logvar) summed over a code and averaged
 * over the batch, in nats (Kingma and Welling 2014, appendix B). Without weight the divergence is only logged.
 */
record AutoencoderObjective(AutoencoderNetwork network, AutoencoderSettings settings) {
    Objective asObjective() {
        return Objective.of(network, List.of(Quantity.of("kl", Quantity.NATS)), this::losses);
    }

    private Losses losses(Batch batch, Draws draws) {
        ComputeDevice device = ComputeDevice.of(batch.pictures());
        long[] shape = batch.pictures().shape();
        int bytes = Precision.current(device.type()) == Precision.BFLOAT16 ? 2 : 4;
        boolean byHand = HandPass.pays(device, shape);
        if (!settings.recomputes(network.shape(), bytes, byHand, shape)) {
            return byHand ? kept(batch, draws, new HandPass()) : losses(batch, draws, BlockPass.PLAIN);
        }
        return kept(batch, draws, new Recomputation());
    }

    private Losses kept(Batch batch, Draws draws, KeptPass pass) {
        try {
            return losses(batch, draws, pass).outOf(pass);
        } catch (RuntimeException failure) {
            pass.close();
            throw failure;
        }
    }

    private Losses losses(Batch batch, Draws draws, BlockPass blocks) {
        Tensor moments = network.encode(batch.pictures(), blocks).to(ScalarType.Float);
        GaussianCode code =
                new GaussianCode(Autoencodes.mean(moments), GaussianCode.clamped(Autoencodes.logVariance(moments)));
        Tensor sample = code.sample(draws.normal(code.mean().shape()));
        Tensor error = Tensors.meanSquaredError(network.decode(sample, blocks), batch.pictures());
        double weight = settings.objective().klWeight();
        Tensor divergence = (weight == 0 ? code.detached() : code).divergence();
        Tensor total = weight == 0 ? error : Tensors.combine(1, error, weight, divergence);
        return new Losses(total, Map.of("mse", error, "kl", divergence));
    }
}
