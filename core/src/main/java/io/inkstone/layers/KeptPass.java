package io.inkstone.layers;

import org.bytedeco.pytorch.Tensor;

/** A forward pass that keeps tensors for a way back of its own, which is gone once or, when something failed, never. */
public interface KeptPass extends BlockPass, AutoCloseable {
    /** Adds the gradients of {@code loss}, which came out of this pass, to every parameter on its way. */
    void backward(Tensor loss);

    /** Lets go of what is still kept. */
    @Override
    void close();
}
