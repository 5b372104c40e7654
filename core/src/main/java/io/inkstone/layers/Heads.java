package io.inkstone.layers;

import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Scaled dot-product attention in several heads (Vaswani et al. 2017, section 3.2.2): softmax(q·kᵀ/√d)·v within each head.
 *
 * @param count of heads, which divides the channels
 * @param causal whether a position sees only itself and those before it
 */
public record Heads(int count, boolean causal) {
    /**
     * @param queries [N, T, C]
     * @param keys [N, S, C]
     * @param values [N, S, C]
     * @return [N, T, C]
     */
    public Tensor attend(Tensor queries, Tensor keys, Tensor values) {
        if (queries.is_meta()) {
            return queries;
        }
        Tensor q = split(queries);
        Tensor k = split(keys);
        Tensor v = split(values);
        return joined(fused(q) ? ofKernel(q, k, v) : ofProducts(q, k, v));
    }

    /** libtorch's kernel never forms the matrix of weights. Its backward pass in bfloat16 takes a hundred times as long as products do. */
    private static boolean fused(Tensor q) {
        boolean bfloat16 = q.scalar_type().intern() == ScalarType.BFloat16
                || Precision.current(DeviceType.CPU) == Precision.BFLOAT16;
        return !(GradMode.is_enabled() && bfloat16 && q.device().type().intern() == DeviceType.CPU);
    }

    private Tensor ofKernel(Tensor q, Tensor k, Tensor v) {
        return torch.scaled_dot_product_attention(
                q, k, v, new TensorOptional(), 0, causal, new DoubleOptional(), false);
    }

    /** Softmax in float32: a row's thousands of small weights must sum to one. */
    private Tensor ofProducts(Tensor q, Tensor k, Tensor v) {
        Tensor scores = Tensors.scale(q, 1 / Math.sqrt(q.size(3))).matmul(k.transpose(2, 3));
        Tensor seen = causal ? scores.add(mask(scores)) : scores;
        return seen.softmax(3, new ScalarTypeOptional(ScalarType.Float))
                .to(v.scalar_type())
                .matmul(v);
    }

    /** Nothing for what a position sees, −∞ for the rest, [T, S]. */
    private static Tensor mask(Tensor scores) {
        Tensor all = torch.full(
                new long[] {scores.size(2), scores.size(3)},
                new org.bytedeco.pytorch.Scalar(Double.NEGATIVE_INFINITY),
                scores.options());
        return all.triu(1);
    }

    /** [N, T, C] → [N, heads, T, C/heads]. */
    private Tensor split(Tensor tokens) {
        return tokens.reshape(tokens.size(0), tokens.size(1), count, tokens.size(2) / count)
                .transpose(1, 2);
    }

    private static Tensor joined(Tensor heads) {
        return heads.transpose(1, 2).reshape(heads.size(0), heads.size(2), heads.size(1) * heads.size(3));
    }
}
