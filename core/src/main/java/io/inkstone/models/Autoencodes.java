package io.inkstone.models;

import io.inkstone.condition.Told;
import io.inkstone.evaluate.LatentLikelihood;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** A model that makes small codes of pictures and pictures of codes, each code a Gaussian. */
public interface Autoencodes extends Model {
    /**
     * The moments of the codes, mean and log-variance side by side along the second dimension: [N, 2·latent] or
     * [N, 2·c, h, w].
     *
     * @param pictures [N, C, H, W] in the model's range
     * @param told of each picture; models that are not conditional ignore it
     */
    Tensor encode(Tensor pictures, Told told);

    /**
     * Pictures [N, C, H, W] in the model's range, unclamped.
     *
     * @param latents [N, latent] or [N, c, h, w], unscaled
     * @param told of each picture; models that are not conditional ignore it
     */
    Tensor decode(Tensor latents, Told told);

    /** Shape of one code for pictures of the model's form: [latent] or [c, h, w]. */
    long[] latentShape();

    /** How probable pictures are; empty for models that were not trained to say so. */
    default Optional<LatentLikelihood> likelihood() {
        return Optional.empty();
    }

    /** The mean of moments. */
    static Tensor mean(Tensor moments) {
        return moments.narrow(1, 0, moments.size(1) / 2);
    }

    /** The log-variance of moments. */
    static Tensor logVariance(Tensor moments) {
        long half = moments.size(1) / 2;
        return moments.narrow(1, half, half);
    }

    /** Decodes the means of the codes of {@code pictures}. */
    default Tensor reconstruct(Tensor pictures, Told told) {
        return decode(mean(encode(pictures, told)), told);
    }
}
