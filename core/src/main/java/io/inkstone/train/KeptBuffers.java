package io.inkstone.train;

import io.inkstone.layers.Layer;
import io.inkstone.tensor.NoGradient;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * A network's running statistics as they were before a forward pass, which a loss that is no number has spoilt.
 *
 * @param copies by the live tensors; of the scope that was open
 */
record KeptBuffers(Map<Tensor, Tensor> copies) {
    /** Copies nothing where a spoilt pass ends training. */
    static KeptBuffers of(Layer network, OnDivergence onDivergence) {
        Map<Tensor, Tensor> copies = new LinkedHashMap<>();
        if (onDivergence == OnDivergence.SKIP) {
            network.buffers().values().forEach(buffer -> copies.put(buffer, buffer.clone()));
        }
        return new KeptBuffers(copies);
    }

    void putBack() {
        try (NoGradient none = NoGradient.begin()) {
            copies.forEach(Tensor::copy_);
        }
    }
}
