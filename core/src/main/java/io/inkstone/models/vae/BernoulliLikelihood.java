package io.inkstone.models.vae;

import io.inkstone.tensor.Shapes;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Every value of a picture is 1 with a probability of its own, and 0 otherwise. */
final class BernoulliLikelihood {
    private BernoulliLikelihood() {}

    /**
     * log p(x|z) in nats, summed over all values of a picture: [N], in float32 (Kingma and Welling 2014, appendix C.1).
     *
     * @param logits log p/(1 − p) of every value [N, C, H, W]
     * @param pictures [N, C, H, W]; zeros and ones, or a cross entropy comes out that is no likelihood
     */
    static Tensor of(Tensor logits, Tensor pictures) {
        Tensor l = logits.to(ScalarType.Float);
        Shapes.requireEqual("Bernoulli likelihood", l, pictures);
        // x·log p + (1 − x)·log(1 − p) = x·l + log(1 − p)
        return pictures.mul(l).add(torch.log_sigmoid(l.neg())).sum(1, 2, 3);
    }

    /**
     * Zeros and ones that are 1 as often as {@code values} say.
     *
     * @param values in [0, 1]
     * @param uniform numbers in [0, 1) of the same shape
     */
    static Tensor drawn(Tensor values, Tensor uniform) {
        Shapes.requireEqual("Binarised pictures", values, uniform);
        return uniform.lt(values).to(ScalarType.Float);
    }
}
