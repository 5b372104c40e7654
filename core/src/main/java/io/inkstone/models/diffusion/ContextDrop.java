package io.inkstone.models.diffusion;

import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.Draws;
import org.bytedeco.pytorch.Tensor;

/**
 * The context that a batch is trained with: that of some pictures is zeroed, so that one network learns both models that
 * guidance needs.
 *
 * @param conditional whether the network learns from contexts; without, they are zeros
 * @param share of pictures whose context is zeroed
 */
record ContextDrop(boolean conditional, double share) {
    /** [N, size]. */
    Tensor of(Batch batch, Draws draws, int size) {
        if (!conditional) {
            return ComputeDevice.of(batch.pictures()).place(Tensors.zeros(batch.size(), size));
        }
        Shapes.require("Context of a batch", batch.context(), batch.size(), size);
        return batch.context().mul(draws.keep(batch.size(), share));
    }
}
