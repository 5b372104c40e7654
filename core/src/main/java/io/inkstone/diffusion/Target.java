package io.inkstone.diffusion;

import org.bytedeco.pytorch.Tensor;

/** What a network predicts, and how that becomes a clean picture: both directions of one parameterisation. */
public interface Target {
    /**
     * What the network should answer.
     *
     * @param clean pictures [N, C, H, W]
     * @param noise of the same shape
     * @param alpha factors of clean, broadcastable [N, 1, 1, 1]
     * @param sigma factors of noise, likewise
     */
    Tensor of(Tensor clean, Tensor noise, Tensor alpha, Tensor sigma);

    /** The clean picture that {@code output} stands for, when the network saw {@code noisy} at {@code level}. */
    Tensor clean(Tensor output, Tensor noisy, Level level);

    /** A network dressed as a denoiser. */
    default Denoiser dress(Denoiser.Network network) {
        return (noisy, level) -> clean(network.predict(noisy, level), noisy, level);
    }
}
