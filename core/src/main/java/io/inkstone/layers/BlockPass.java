package io.inkstone.layers;

import org.bytedeco.pytorch.Tensor;

/** How the blocks of a {@link Sequence} are passed. */
@FunctionalInterface
public interface BlockPass {
    /** As layers do it: autograd keeps what it needs. */
    BlockPass PLAIN = Unary::apply;

    Tensor apply(Unary block, Tensor x);
}
