package io.inkstone.evaluate;

import io.inkstone.condition.Told;
import org.bytedeco.pytorch.Tensor;

/**
 * A model with latents z of a known prior N(0, I), a Gaussian guess q(z|x) at the latents of a picture, and a probability
 * of a picture given its latents. Called in evaluation mode without gradients.
 */
public interface LatentLikelihood {
    /**
     * The moments of q(z|x), means then log-variances: [N, 2·latent].
     *
     * @param pictures [N, C, H, W] in the model's range
     * @param told of each picture; models that are not conditional ignore it
     */
    Tensor encode(Tensor pictures, Told told);

    /**
     * log p(x|z) in nats, summed over all values of a picture: [N].
     *
     * @param latents [N, latent], one row per picture
     */
    Tensor logLikelihood(Tensor pictures, Tensor latents, Told told);

    /**
     * Pictures as the likelihood has them, drawn once: zeros and ones where it is of such, else the pictures themselves.
     *
     * @param uniform numbers in [0, 1), of the shape of {@code pictures}
     */
    default Tensor observed(Tensor pictures, Tensor uniform) {
        return pictures;
    }

    /** What the likelihood is of, for protocols: {@code Bernoulli of values 0 and 1}. */
    String words();
}
