package io.inkstone.diffusion;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/** The best guess of the clean pictures [N, C, H, W], given noisy ones and their common level. */
@FunctionalInterface
public interface Denoiser {
    Tensor clean(Tensor noisy, Level level);

    /** A network as it was trained: it answers its {@link Target}, which dresses it. */
    @FunctionalInterface
    interface Network {
        /**
         * @param input noisy pictures, scaled as the target wants them [N, C, H, W]
         * @param time what the target tells the network of the level
         */
        Tensor predict(Tensor input, double time);
    }

    /** The same guesses held inside the range of pictures; samplers derive the noise from the guess, so it follows. */
    default Denoiser clamped(double lowest, double highest) {
        return (noisy, level) -> clean(noisy, level)
                .clamp(new ScalarOptional(new Scalar(lowest)), new ScalarOptional(new Scalar(highest)));
    }
}
