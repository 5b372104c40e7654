package io.inkstone.layers;

import org.bytedeco.pytorch.Tensor;

/** A small vector made wide: the input flattened to [·, in], then linear, GELU, linear → [·, out]. Child model (0, 1, 2). */
public final class FeatureEmbedding extends Unary {
    private final int in;
    private final Sequence model;

    public FeatureEmbedding(Initializer init, int in, int out) {
        this.in = in;
        model = child("model", new Sequence(new Linear(init, in, out), Activation.gelu(), new Linear(init, out, out)));
    }

    @Override
    protected Tensor forward(Tensor x) {
        return model.apply(x.reshape(-1, in));
    }
}
