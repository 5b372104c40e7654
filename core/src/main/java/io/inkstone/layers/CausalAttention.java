package io.inkstone.layers;

import org.bytedeco.pytorch.Tensor;

/**
 * Every position of a text looks at itself and at those before it, [N, T, C] → the same shape, in heads (Vaswani et al. 2017,
 * section 3.2). Children q_proj, k_proj, v_proj and out_proj (linear, C → C).
 */
public final class CausalAttention extends Unary {
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear out;
    private final Heads heads;

    /** @param heads divides {@code channels} */
    public CausalAttention(Initializer init, int channels, int heads) {
        query = child("q_proj", new Linear(init, channels, channels));
        key = child("k_proj", new Linear(init, channels, channels));
        value = child("v_proj", new Linear(init, channels, channels));
        out = child("out_proj", new Linear(init, channels, channels));
        this.heads = new Heads(heads, true);
    }

    @Override
    protected Tensor forward(Tensor x) {
        Tensor seen = heads.attend(Frozen.through(x, query), Frozen.through(x, key), Frozen.through(x, value));
        return Frozen.through(seen, out);
    }
}
