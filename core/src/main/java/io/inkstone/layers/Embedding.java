package io.inkstone.layers;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A row of numbers for each id, int64 […] → float32 […, channels]; parameter weight [count, channels]. */
public final class Embedding extends Unary {
    private final Tensor weight;

    /** @param count of ids, from 0 */
    public Embedding(Initializer init, int count, int channels) {
        weight = parameter("weight", init.uniform(1 / Math.sqrt(channels), count, channels));
    }

    /** All rows, float32 [count, channels]. */
    public Tensor rows() {
        return weight.to(ScalarType.Float);
    }

    @Override
    protected Tensor forward(Tensor ids) {
        return torch.embedding(weight, ids).to(ScalarType.Float);
    }
}
