package io.inkstone.layers;

import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Every position of a map looks at every other, [N, C, H, W] → the same shape: x + out(softmax(q·kᵀ/√d)·v) over the H·W
 * positions, in one or more heads of d channels (Vaswani et al. 2017, section 3.2). Children norm (group norm), q, k, v,
 * out (linear, C → C).
 *
 * <p>The matrix of H·W × H·W weights is formed: libtorch's fused kernel takes seconds on the CPU where two products and a
 * softmax take a fifth of one.
 */
public final class SelfAttention extends Unary {
    private static final int HEAD = 64;

    private final GroupNorm norm;
    private final Linear q;
    private final Linear k;
    private final Linear v;
    private final Linear out;
    private final int heads;
    private final double scale;

    /** One head over all channels. */
    public SelfAttention(Initializer init, int channels, int groups, double eps) {
        this(init, channels, 1, new GroupNorm(init, groups, channels, eps), false);
    }

    private SelfAttention(Initializer init, int channels, int heads, GroupNorm first, boolean silent) {
        norm = child("norm", first);
        q = child("q", new Linear(init, channels, channels));
        k = child("k", new Linear(init, channels, channels));
        v = child("v", new Linear(init, channels, channels));
        out = child("out", silent ? Linear.zero(init, channels, channels) : new Linear(init, channels, channels));
        this.heads = heads;
        scale = 1 / Math.sqrt((double) channels / heads);
    }

    /**
     * As in ADM (Dhariwal and Nichol 2021, section 3.1): heads of about 64 channels, and {@code out} starts at zero, so that
     * it hands on what it got before it has learned.
     */
    public static SelfAttention ofHeads(Initializer init, int channels) {
        int heads = Math.max(1, channels / HEAD);
        while (channels % heads != 0) {
            heads--;
        }
        return new SelfAttention(
                init, channels, heads, new GroupNorm(init, Norm.groups(channels), channels, Norm.EPS), true);
    }

    /** The matrix of weights: its products, their softmax in float32, and that in the products' precision. */
    @Override
    public long ownValues(long... inputShape) {
        long tokens = inputShape[2] * inputShape[3];
        return 3 * inputShape[0] * heads * tokens * tokens;
    }

    @Override
    protected Tensor forward(Tensor x) {
        Tensor tokens = tokens(norm.apply(x));
        Tensor queries = Tensors.scale(split(Frozen.through(tokens, q)), scale);
        Tensor weights = weights(queries, split(Frozen.through(tokens, k)));
        Tensor seen = Frozen.through(joined(weights.bmm(split(Frozen.through(tokens, v)))), out);
        return x.add(map(seen, x));
    }

    /** [N, T, C] → [N·heads, T, C/heads]. */
    private Tensor split(Tensor tokens) {
        return heads == 1
                ? tokens
                : tokens.reshape(tokens.size(0), tokens.size(1), heads, tokens.size(2) / heads)
                        .permute(0, 2, 1, 3)
                        .reshape(tokens.size(0) * heads, tokens.size(1), tokens.size(2) / heads);
    }

    private Tensor joined(Tensor parts) {
        return heads == 1
                ? parts
                : parts.reshape(parts.size(0) / heads, heads, parts.size(1), parts.size(2))
                        .permute(0, 2, 1, 3)
                        .reshape(parts.size(0) / heads, parts.size(1), parts.size(2) * heads);
    }

    /** Softmax over the keys, in float32: a row's thousands of small weights must sum to one. */
    private static Tensor weights(Tensor queries, Tensor keys) {
        Tensor weights = queries.bmm(keys.transpose(1, 2)).softmax(2, new ScalarTypeOptional(ScalarType.Float));
        return weights.to(queries.scalar_type());
    }

    /** [N, C, H, W] → [N, H·W, C], a view where channels are innermost in memory. */
    private static Tensor tokens(Tensor x) {
        return x.permute(0, 2, 3, 1).reshape(x.size(0), x.size(2) * x.size(3), x.size(1));
    }

    private static Tensor map(Tensor tokens, Tensor like) {
        return tokens.reshape(like.size(0), like.size(2), like.size(3), like.size(1))
                .permute(0, 3, 1, 2);
    }
}
