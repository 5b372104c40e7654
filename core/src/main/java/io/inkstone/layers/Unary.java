package io.inkstone.layers;

import org.bytedeco.pytorch.Tensor;

/** A layer from one tensor to one tensor. */
public abstract class Unary extends Layer {
    public final Tensor apply(Tensor x) {
        return pass(x, () -> forward(x));
    }

    protected abstract Tensor forward(Tensor x);
}
