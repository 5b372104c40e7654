package io.inkstone.diffusion;

import io.inkstone.InputException;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Dynamic thresholding (Saharia et al. 2022, section 2.3): the guess is held inside [−s, s] and divided by s, where s is the
 * given share's quantile of a picture's absolute values, and at least 1. Strong guidance then pushes values inward instead of
 * against the border. For pictures in [−1, 1].
 *
 * @param share of the values that should lie inside, above 0 and at most 1; 0.995 is usual
 */
public record DynamicThreshold(double share) {
    public DynamicThreshold {
        if (!(share > 0 && share <= 1)) {
            throw new InputException(
                            "The threshold is a share of a picture's values, above 0 and at most 1, such as 0.995, got "
                                    + share + ".")
                    .about("threshold");
        }
    }

    public Denoiser around(Denoiser denoiser) {
        return (noisy, level) -> held(denoiser.clean(noisy, level));
    }

    private Tensor held(Tensor clean) {
        Tensor border = clean.abs()
                .flatten(1, -1)
                .quantile(share, new LongOptional(1), true, "linear")
                .clamp_min(new Scalar(1))
                .reshape(-1, 1, 1, 1);
        return clean.minimum(border).maximum(border.neg()).div(border);
    }
}
