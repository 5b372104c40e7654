package io.inkstone.layers;

import org.bytedeco.pytorch.Tensor;

/** A layer from one tensor to one tensor. */
public abstract class Unary extends Layer {
    public Tensor apply(Tensor x) {
        return pass(x, () -> x.is_meta() ? outline(x) : forward(x));
    }

    /** The shape of the output for an input without numbers; bricks whose kernels cannot tell it override this. */
    protected Tensor outline(Tensor x) {
        return forward(x);
    }

    protected abstract Tensor forward(Tensor x);
}
