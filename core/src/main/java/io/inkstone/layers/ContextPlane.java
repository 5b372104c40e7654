package io.inkstone.layers;

import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * Shows a context to convolutions: drawn as one more channel, [N, C, side, side] and [N, c] → [N, C+1, side, side]. Child
 * drawing, a linear layer c → side².
 */
public final class ContextPlane extends Layer {
    private final int side;
    private final Linear drawing;

    public ContextPlane(Initializer init, int classes, int side) {
        this.side = side;
        drawing = child("drawing", new Linear(init, classes, side * side));
    }

    public Tensor apply(Tensor pictures, Tensor contexts) {
        Shapes.require("Pictures with a context", pictures, contexts.size(0), Shapes.ANY, side, side);
        return pass(pictures, () -> {
            Tensor plane = drawing.apply(contexts).reshape(-1, 1, side, side);
            return Tensors.channelsLast(Tensors.concatenate(1, pictures, plane.to(pictures.scalar_type())));
        });
    }
}
