package io.inkstone.layers;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The residual block of ADM (Dhariwal and Nichol 2021, section 3 and appendix A), [N, in, H, W] → [N, out, H, W], told
 * by an embedding how to scale and shift its maps (adaptive norm, eq. 1 there):
 *
 * <pre>
 * h = conv1(SiLU(norm1(x)))
 * h = (1 + scale)·norm2(h) + shift        with scale and shift linear functions of the embedding
 * skip(x) + conv2(dropout(SiLU(h)))
 * </pre>
 *
 * Children norm1, conv1 (3×3), embed (linear, [2·out, size]: scales, then shifts), norm2, conv2 (3×3) and, where the width
 * changes, skip (1×1). conv2 starts at zero: an untrained block hands on what it got.
 */
public final class AdaptiveBlock extends Layer {
    private final int out;
    private final Unary norm1;
    private final Conv2d conv1;
    private final Linear embed;
    private final Unary norm2;
    private final Dropout dropout;
    private final Conv2d conv2;
    private final Conv2d skip;

    /**
     * What all blocks of a network share.
     *
     * @param norm of both norms
     * @param embedding size of the embedding
     * @param dropout probability in [0, 1)
     */
    public record Make(Norm norm, int embedding, double dropout) {}

    public AdaptiveBlock(Initializer init, Make make, int in, int out) {
        this.out = out;
        norm1 = child("norm1", make.norm().of(init, in));
        conv1 = child("conv1", Conv2d.same(init, in, out));
        embed = child("embed", new Linear(init, make.embedding(), 2 * out));
        norm2 = child("norm2", make.norm().of(init, out));
        dropout = child("dropout", new Dropout(make.dropout()));
        conv2 = child("conv2", Conv2d.zero(init, out, out));
        skip = in == out ? null : child("skip", Conv2d.pointwise(init, in, out));
    }

    /** What enters both convolutions, the map that was told, and the sum. */
    @Override
    public long ownValues(long... inputShape) {
        return inputShape[0] * inputShape[2] * inputShape[3] * (inputShape[1] + 3L * out);
    }

    /**
     * @param x [N, in, H, W]
     * @param embedding [N, size], or [1, size] for the whole batch
     */
    public Tensor apply(Tensor x, Tensor embedding) {
        return pass(x, () -> forward(x, embedding));
    }

    private Tensor forward(Tensor x, Tensor embedding) {
        Tensor h = Frozen.through(torch.silu(norm1.apply(x)), conv1, norm2);
        Tensor factors =
                Frozen.through(embedding, embed).reshape(-1, 2 * out, 1, 1).to(h.scalar_type());
        Tensor scale = factors.narrow(1, 0, out).add(new Scalar(1));
        Tensor shift = factors.narrow(1, out, out);
        Tensor told = h.mul(scale).add_(shift);
        Tensor change = Frozen.through(dropout.apply(torch.silu(told)), conv2);
        return (skip == null ? x : Frozen.through(x, skip)).add(change);
    }
}
