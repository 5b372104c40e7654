package io.inkstone.layers;

import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Every position of a map looks at every other, [N, C, H, W] → the same shape: x + out(softmax(q·kᵀ/√C)·v) with one head
 * over the H·W positions (Vaswani et al. 2017, eq. 1). Children norm (group norm), q, k, v, out (linear, C → C).
 *
 * <p>The matrix of H·W × H·W weights is formed: libtorch's fused kernel takes seconds on the CPU where two products and a
 * softmax take a fifth of one.
 */
public final class SelfAttention extends Unary {
    private final GroupNorm norm;
    private final Linear q;
    private final Linear k;
    private final Linear v;
    private final Linear out;
    private final double scale;

    public SelfAttention(Initializer init, int channels, int groups, double eps) {
        norm = child("norm", new GroupNorm(init, groups, channels, eps));
        q = child("q", new Linear(init, channels, channels));
        k = child("k", new Linear(init, channels, channels));
        v = child("v", new Linear(init, channels, channels));
        out = child("out", new Linear(init, channels, channels));
        scale = 1 / Math.sqrt(channels);
    }

    /** The matrix of weights: its products, their softmax in float32, and that in the products' precision. */
    @Override
    public long ownValues(long... inputShape) {
        long tokens = inputShape[2] * inputShape[3];
        return 3 * inputShape[0] * tokens * tokens;
    }

    @Override
    protected Tensor forward(Tensor x) {
        Tensor tokens = tokens(norm.apply(x));
        Tensor weights = weights(Tensors.scale(q.apply(tokens), scale), k.apply(tokens));
        Tensor seen = out.apply(weights.bmm(v.apply(tokens)));
        return x.add(map(seen, x));
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
