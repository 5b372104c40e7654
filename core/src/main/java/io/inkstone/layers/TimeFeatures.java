package io.inkstone.layers;

import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What a network is told of the noise, a number t of the order of 1 (a time in [0, 1], or EDM's ln(σ/α)/4), as waves: [·] →
 * [·, size], cosines and then sines of 1000·t·ω_i with ω_i = 10000^(−i/half), i = 0 …
 * half − 1 (Vaswani et al. 2017, section 3.5, in the order of Ho et al. 2020). No parameters.
 */
public final class TimeFeatures extends Unary {
    private static final double TIMES = 1000;
    private static final double SLOWEST = 10_000;

    private final float[] frequencies;

    /** @param size even */
    public TimeFeatures(int size) {
        if (size < 2 || size % 2 != 0) {
            throw new IllegalArgumentException("Time features come in pairs, got " + size + ".");
        }
        frequencies = new float[size / 2];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = (float) (TIMES * Math.pow(SLOWEST, -(double) i / frequencies.length));
        }
    }

    @Override
    protected Tensor forward(Tensor time) {
        Tensor rates = Tensors.of(frequencies, 1, frequencies.length).to(time.device(), time.scalar_type());
        Tensor angles = time.reshape(-1, 1).mul(rates);
        return torch.cat(new org.bytedeco.pytorch.TensorVector(angles.cos(), angles.sin()), 1);
    }
}
