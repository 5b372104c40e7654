package io.inkstone.layers;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Times as waves, float32 [·] → [·, size]: sines and cosines of t·ω_i with ω_i = 10000^(−i/(half − shift)), i = 0 … half − 1
 * (Vaswani et al. 2017, section 3.5), as published U-Nets take them. No parameters.
 *
 * <p>{@link TimeFeatures} has the same waves for times of the order of 1, with exact frequencies. Here t counts the levels of a
 * table, up to 1000, where a frequency's last digit shows in the answer: they are rounded step by step as those networks
 * rounded them when they learned.
 *
 * @param size even
 * @param cosinesFirst or sines first
 * @param shift of the frequencies: 0, or 1 so that the slowest is 1/10000
 */
public record Timesteps(int size, boolean cosinesFirst, double shift) {
    private static final double SLOWEST = 10_000;

    public Timesteps {
        if (size < 2 || size % 2 != 0) {
            throw new IllegalArgumentException("Time waves come in pairs, got " + size + ".");
        }
    }

    /** @param times [·] */
    public Tensor of(Tensor times) {
        int half = size / 2;
        Tensor exponents = torch.arange(new Scalar(half), new TensorOptions(ScalarType.Float))
                .mul(new Scalar(-Math.log(SLOWEST)))
                .div(new Scalar(half - shift));
        Tensor angles =
                times.reshape(-1, 1).to(ScalarType.Float).mul(exponents.exp().to(times.device(), ScalarType.Float));
        Tensor sines = angles.sin();
        Tensor cosines = angles.cos();
        return torch.cat(
                cosinesFirst
                        ? new org.bytedeco.pytorch.TensorVector(cosines, sines)
                        : new org.bytedeco.pytorch.TensorVector(sines, cosines),
                1);
    }
}
