package io.inkstone.layers;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.tensor.Shapes;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Batch normalisation over every dimension but the second (Ioffe and Szegedy 2015), for [N, C] and [N, C, H, W]; eps
 * 1e-5 unless told otherwise, momentum 0.1. Parameters weight and bias, buffers running_mean and running_var, each [C].
 */
public final class BatchNorm extends Unary {
    private static final double EPS = 1e-5;
    private static final double MOMENTUM = 0.1;

    private final double eps;
    private final Tensor weight;
    private final Tensor bias;
    private final Tensor runningMean;
    private final Tensor runningVariance;

    public BatchNorm(Initializer init, int channels) {
        this(init, channels, EPS);
    }

    /** With another eps, for published networks that have one. */
    public BatchNorm(Initializer init, int channels, double eps) {
        this.eps = eps;
        weight = parameter("weight", init.constant(1, channels));
        bias = parameter("bias", init.constant(0, channels));
        runningMean = buffer("running_mean", init.constant(0, channels));
        runningVariance = buffer("running_var", init.constant(1, channels));
    }

    /** What evaluation multiplies each channel by [C]: weight/√(running_var + eps). */
    Tensor scale() {
        return weight.div(runningVariance.add(new Scalar(eps)).sqrt());
    }

    /** What evaluation adds to each channel afterwards [C]: bias − running_mean·scale. */
    Tensor shift() {
        return bias.sub(runningMean.mul(scale()));
    }

    @Override
    protected Tensor forward(Tensor x) {
        JoinedNorm joined = JoinedNorm.current();
        if (training() && joined != null) {
            return joined.forward(x, new JoinedNorm.Norm(weight, bias, runningMean, runningVariance, MOMENTUM, eps));
        }
        requireSeveral(x);
        return torch.batch_norm(
                x,
                new TensorOptional(weight),
                new TensorOptional(bias),
                new TensorOptional(runningMean),
                new TensorOptional(runningVariance),
                training(),
                MOMENTUM,
                eps,
                false);
    }

    @Override
    protected Tensor outline(Tensor x) {
        requireSeveral(x);
        return x;
    }

    private void requireSeveral(Tensor x) {
        if (training() && x.numel() / x.size(1) < 2) {
            throw new InputException(Words.of(
                            "Batch normalisation needs 2 or more values a channel to learn from, got %s. Use a larger train.batch, or leave a last batch of one picture out.",
                            Shapes.text(x.shape())))
                    .about("train.dropLast=true");
        }
    }
}
