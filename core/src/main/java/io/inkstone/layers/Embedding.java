package io.inkstone.layers;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A row of numbers for each id, int64 […] → […, channels]; parameter weight [count, channels]. */
public final class Embedding extends Unary {
    private final Tensor weight;

    /** @param count of ids, from 0 */
    public Embedding(Initializer init, int count, int channels) {
        weight = parameter("weight", init.uniform(1 / Math.sqrt(channels), count, channels));
    }

    /** All rows, [count, channels]. */
    public Tensor rows() {
        return weight;
    }

    @Override
    protected Tensor forward(Tensor ids) {
        return torch.embedding(weight, ids);
    }
}
