package io.inkstone.train;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * What one batch costs.
 *
 * @param total what is minimised, a mean over the batch
 * @param parts what is logged beside it, by name
 */
public record Losses(Tensor total, Map<String, Tensor> parts) {
    public static Losses of(Tensor total) {
        return new Losses(total, Map.of());
    }
}
