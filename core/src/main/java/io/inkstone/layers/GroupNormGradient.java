package io.inkstone.layers;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Group normalisation of channels-last memory with its gradient formed by hand. With x̂ = (x − μ)·r, r = 1/√(variance +
 * eps), and M values in a group:
 *
 * <pre>
 * dw = Σ g·x̂     db = Σ g                                          over the positions, per channel
 * dx = r·w·g − r·(Σ w·db)/M − r·x̂·(Σ w·dw)/M                        sums over the channels of a group
 * </pre>
 *
 * <p>libtorch's own kernel goes through channels-last memory in strides where groups have few channels, and takes ten times
 * as long. The sums here are those of batch norm's backward kernel, and the last two terms are batch norm with constants:
 * both read memory in its order.
 *
 * @param output [N, C, H, W]
 * @param mean μ [N, groups], float32
 * @param inverse r [N, groups], float32
 */
record GroupNormGradient(Tensor output, Tensor mean, Tensor inverse) {
    /** Normalises {@code x}; weight and bias [C] in float32. */
    static GroupNormGradient pass(Tensor x, long groups, Tensor weight, Tensor bias, double eps) {
        T_TensorTensorTensor_T all = torch.native_group_norm(
                x,
                new TensorOptional(weight),
                new TensorOptional(bias),
                x.size(0),
                x.size(1),
                x.size(2) * x.size(3),
                groups,
                eps);
        return new GroupNormGradient(new Tensor(all.get0()), new Tensor(all.get1()), new Tensor(all.get2()));
    }

    /** Adds the gradients of weight and bias, and returns that of {@code x} for {@code gradient} of the output. */
    static Tensor of(Tensor x, Tensor gradient, Tensor mean, Tensor inverse, Tensor weight, Tensor bias) {
        List<Tensor> parts = new ArrayList<>();
        for (long n = 0; n < x.size(0); n++) {
            parts.add(ofOne(
                    x.narrow(0, n, 1),
                    gradient.narrow(0, n, 1),
                    mean.select(0, n),
                    inverse.select(0, n),
                    weight,
                    bias));
        }
        return parts.size() == 1 ? parts.get(0) : torch.cat(new TensorVector(parts.toArray(Tensor[]::new)), 0);
    }

    private static Tensor ofOne(Tensor x, Tensor gradient, Tensor mean, Tensor inverse, Tensor weight, Tensor bias) {
        long together = weight.size(0) / mean.size(0);
        Tensor mu = mean.to(ScalarType.Float).repeat_interleave(together);
        Tensor r = inverse.to(ScalarType.Float).repeat_interleave(together);
        T_TensorTensorTensor_T sums = torch.native_batch_norm_backward(
                gradient,
                x,
                new TensorOptional(weight.detach()),
                new TensorOptional(mu),
                new TensorOptional(r),
                new TensorOptional(mu),
                new TensorOptional(r),
                true,
                0,
                ByHand.which(false, true, true));
        Tensor ofWeight = new Tensor(sums.get1());
        Tensor ofBias = new Tensor(sums.get2());
        ByHand.gather(weight, ofWeight);
        ByHand.gather(bias, ofBias);
        double share = 1.0 / (together * x.size(2) * x.size(3));
        Tensor slope =
                groupMean(ofWeight.mul(weight), together, share).mul(r).mul(r).neg();
        Tensor offset =
                groupMean(ofBias.mul(weight), together, share).mul(r).neg().sub(mu.mul(slope));
        Tensor factor = r.mul(weight).to(x.scalar_type()).reshape(1, -1, 1, 1);
        return scaled(x, slope, offset).addcmul_(gradient, factor);
    }

    private static Tensor groupMean(Tensor channels, long together, double share) {
        return channels.reshape(-1, together).sum(1).mul(new Scalar(share)).repeat_interleave(together);
    }

    /** x·slope + offset per channel, by batch norm's kernel for evaluation: mean 0, variance 1. */
    private static Tensor scaled(Tensor x, Tensor slope, Tensor offset) {
        return new Tensor(torch.native_batch_norm(
                        x,
                        new TensorOptional(slope),
                        new TensorOptional(offset),
                        new TensorOptional(torch.zeros_like(slope)),
                        new TensorOptional(torch.ones_like(slope)),
                        false,
                        0,
                        0)
                .get0());
    }
}
