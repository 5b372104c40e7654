package io.inkstone.models.vae;

import io.inkstone.models.Autoencodes;
import io.inkstone.models.GaussianCode;
import io.inkstone.models.LatentInputs;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.Draws;
import io.inkstone.train.Losses;
import io.inkstone.train.Objective;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Kingma and Welling 2014, eq. 10, with a Gaussian decoder: reconstruction + klWeight·kl, where {@code reconstruction} is
 * the squared error averaged over all values of a picture and {@code kl} the divergence from N(0, I) in nats, summed over
 * the code; both are means over the batch.
 *
 * <p>The two are in different units. In those of the summed error, klWeight is the β of Higgins et al. 2017 divided by the
 * number of values: 0.00025 at 64×64×3 is β = 0.00025·12,288 ≈ 3.07.
 *
 * <p>A klWeight of 0 makes a plain autoencoder: the code is the mean, nothing is drawn, and kl is not logged since nothing
 * trains the variance.
 */
record VaeObjective(VaeNetwork network, LatentInputs inputs, double klWeight) {
    Objective asObjective() {
        return Objective.of(network, this::losses);
    }

    private Losses losses(Batch batch, Draws draws) {
        Tensor contexts = inputs.contexts(batch);
        Tensor moments = network.encode(batch.pictures(), contexts);
        if (klWeight == 0) {
            return Losses.of(reconstruction(Autoencodes.mean(moments), contexts, batch));
        }
        GaussianCode code = GaussianCode.of(moments);
        Tensor reconstruction = reconstruction(code.sample(inputs.latents(batch, draws)), contexts, batch);
        Tensor kl = code.divergence();
        return new Losses(
                reconstruction.add(kl, new Scalar(klWeight)),
                new TreeMap<>(Map.of("reconstruction", reconstruction, "kl", kl)));
    }

    private Tensor reconstruction(Tensor codes, Tensor contexts, Batch batch) {
        return Tensors.meanSquaredError(network.decode(codes, contexts), batch.pictures());
    }
}
