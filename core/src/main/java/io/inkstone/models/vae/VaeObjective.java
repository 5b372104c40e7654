package io.inkstone.models.vae;

import io.inkstone.models.Autoencodes;
import io.inkstone.models.code.GaussianCode;
import io.inkstone.models.code.LatentInputs;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.Draws;
import io.inkstone.train.Losses;
import io.inkstone.train.Objective;
import io.inkstone.train.Quantity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Kingma and Welling 2014, eq. 10: reconstruction + klWeight·kl, where {@code kl} is the divergence from N(0, I) in nats,
 * summed over the code; both are means over the batch.
 *
 * <p>With a Gaussian decoder {@code reconstruction} is the squared error averaged over all values of a picture. The two are
 * then in different units. In those of the summed error, klWeight is the β of Higgins et al. 2017 divided by the number of
 * values: 0.00025 at 64×64×3 is β = 0.00025·12,288 ≈ 3.07.
 *
 * <p>With a Bernoulli decoder {@code reconstruction} is −log p(x|z) in nats, summed over a picture, and at klWeight 1 the loss
 * is the negative evidence lower bound. The weight may grow from 0 over the first batches (Sønderby et al. 2016, section
 * 2.2), so that values of the code are not given up before the decoder has learnt to use them; held-out pictures always
 * have the full one.
 *
 * <p>A klWeight of 0 makes a plain autoencoder: the code is the mean, nothing is drawn, and kl is not logged since nothing
 * trains the variance.
 */
record VaeObjective(CodeNetwork network, LatentInputs inputs, VaeSettings.ObjectiveGroup settings) {
    Objective asObjective() {
        return Objective.of(network.layer(), quantities(), this::losses);
    }

    /** With a Gaussian decoder only the divergence has a unit; with a Bernoulli one, all of it. */
    private List<Quantity> quantities() {
        List<String> inNats = settings.likelihood() == VaeSettings.Likelihood.BERNOULLI
                ? List.of("loss", "reconstruction", "kl")
                : List.of("kl");
        return inNats.stream().map(name -> Quantity.of(name, Quantity.NATS)).toList();
    }

    private Losses losses(Batch batch, Draws draws) {
        Tensor contexts = inputs.contexts(batch);
        Tensor pictures = settings.binarise()
                ? BernoulliLikelihood.drawn(
                        batch.pictures(), draws.uniform(batch.pictures().shape()))
                : batch.pictures();
        Tensor moments = network.encode(pictures, contexts);
        if (settings.klWeight() == 0) {
            return Losses.of(reconstruction(Autoencodes.mean(moments), contexts, pictures));
        }
        GaussianCode code = GaussianCode.of(moments);
        Tensor reconstruction = reconstruction(code.sample(inputs.latents(batch, draws)), contexts, pictures);
        Tensor kl = code.divergence();
        return new Losses(
                reconstruction.add(kl, new Scalar(klWeight(draws.batch()))),
                new TreeMap<>(Map.of("reconstruction", reconstruction, "kl", kl)));
    }

    private Tensor reconstruction(Tensor codes, Tensor contexts, Tensor pictures) {
        return switch (settings.likelihood()) {
            case GAUSSIAN -> Tensors.meanSquaredError(network.decode(codes, contexts), pictures);
            case BERNOULLI ->
                BernoulliLikelihood.of(network.logits(codes, contexts), pictures)
                        .mean()
                        .neg();
        };
    }

    /** @param batch number since the start of training; below 0 for held-out pictures */
    private double klWeight(long batch) {
        boolean growing = batch >= 0 && batch < settings.klWarmUpBatches();
        return settings.klWeight() * (growing ? (double) batch / settings.klWarmUpBatches() : 1);
    }
}
