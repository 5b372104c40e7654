package io.inkstone.train;

import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * What one batch costs.
 *
 * @param total what is minimised, a mean over the batch
 * @param parts what is logged beside it, by name
 * @param gradients how a multiple of the total gives every parameter its gradient
 */
public record Losses(Tensor total, Map<String, Tensor> parts, Consumer<Tensor> gradients) {
    public Losses(Tensor total, Map<String, Tensor> parts) {
        this(total, parts, Tensor::backward);
    }

    public static Losses of(Tensor total) {
        return new Losses(total, Map.of());
    }

    /** The same for a forward pass that autograd alone cannot go back through. */
    public Losses backwardBy(Consumer<Tensor> other) {
        return new Losses(total, parts, other);
    }

    /** Adds the gradients of {@code scale}·total to the parameters; once. */
    public void backward(double scale) {
        gradients.accept(total.mul(new Scalar(scale)));
    }
}
