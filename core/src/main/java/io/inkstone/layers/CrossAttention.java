package io.inkstone.layers;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Positions [N, T, C] that look at others [N, S, c], or at themselves: out(softmax(q·kᵀ/√d)·v) in heads of d channels
 * (Vaswani et al. 2017, section 3.2). Children to_q, to_k, to_v (linear without bias) and to_out, whose only child 0 is
 * linear.
 */
public final class CrossAttention extends Layer {
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear out;
    private final Heads heads;

    /**
     * @param channels C
     * @param seen c
     * @param heads divides C
     */
    public CrossAttention(Initializer init, int channels, int seen, int heads) {
        this(init, channels, seen, heads, false);
    }

    private CrossAttention(Initializer init, int channels, int seen, int heads, boolean silent) {
        query = child("to_q", Linear.withoutBias(init, channels, channels));
        key = child("to_k", Linear.withoutBias(init, seen, channels));
        value = child("to_v", Linear.withoutBias(init, seen, channels));
        out = child("to_out", new Numbered<Linear>())
                .add(silent ? Linear.zero(init, channels, channels) : new Linear(init, channels, channels));
        this.heads = new Heads(heads, false);
    }

    /** The same with {@code to_out} at zero: it says nothing before it has learned. */
    public static CrossAttention silent(Initializer init, int channels, int seen, int heads) {
        return new CrossAttention(init, channels, seen, heads, true);
    }

    /** Every position looks at every other. */
    public Tensor apply(Tensor x) {
        return pass(x, () -> attended(x, Frozen.through(x, key), Frozen.through(x, value)));
    }

    /**
     * Every position looks at all of {@code seen}. What is made of those is kept from pass to pass while weights are frozen
     * and they stay the same tensor.
     */
    public Tensor apply(Tensor x, Tensor seen) {
        return pass(x, () -> {
            List<Tensor> both =
                    Frozen.shared(this, seen, () -> List.of(Frozen.through(seen, key), Frozen.through(seen, value)));
            return attended(x, both.get(0), both.get(1));
        });
    }

    private Tensor attended(Tensor x, Tensor keys, Tensor values) {
        return Frozen.through(heads.attend(Frozen.through(x, query), keys, values), out);
    }
}
