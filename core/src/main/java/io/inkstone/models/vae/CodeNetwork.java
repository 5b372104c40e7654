package io.inkstone.models.vae;

import io.inkstone.layers.Layer;
import io.inkstone.tensor.Scope;
import org.bytedeco.pytorch.Tensor;

/** What a VAE is built on: a network from pictures to Gaussians over codes, and one from codes back to pictures. */
interface CodeNetwork {
    /** Every parameter. */
    Layer layer();

    CodeShape shape();

    /**
     * The moments [N, 2·latent] in float32: means, then log-variances, clamped to [−30, 20].
     *
     * @param pictures [N, C, h, h] in [0, 1]
     * @param contexts [N, c]
     */
    Tensor encode(Tensor pictures, Tensor contexts);

    /**
     * The decoder's last numbers [N, C, h, h], before the output activation.
     *
     * @param latents [N, latent]
     * @param contexts [N, c]
     */
    Tensor logits(Tensor latents, Tensor contexts);

    /** Pictures [N, C, h, h] of codes [N, latent]. */
    default Tensor decode(Tensor latents, Tensor contexts) {
        return Scope.yielding(() -> shape().output().activation().apply(logits(latents, contexts)));
    }
}
