package io.inkstone.train;

import io.inkstone.layers.KeptPass;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * What one batch costs.
 *
 * @param total what is minimised, a mean over the batch
 * @param parts what is logged beside it, by name
 * @param pass the forward pass, where autograd alone cannot go back through it; closed with the losses
 */
public record Losses(Tensor total, Map<String, Tensor> parts, Optional<KeptPass> pass) implements AutoCloseable {
    public Losses(Tensor total, Map<String, Tensor> parts) {
        this(total, parts, Optional.empty());
    }

    public static Losses of(Tensor total) {
        return new Losses(total, Map.of());
    }

    /** The same, out of {@code pass}. */
    public Losses outOf(KeptPass pass) {
        return new Losses(total, parts, Optional.of(pass));
    }

    /** Adds the gradients of {@code scale}·total to the parameters; once. */
    public void backward(double scale) {
        Tensor loss = total.mul(new Scalar(scale));
        pass.ifPresentOrElse(kept -> kept.backward(loss), loss::backward);
    }

    @Override
    public void close() {
        pass.ifPresent(KeptPass::close);
    }
}
