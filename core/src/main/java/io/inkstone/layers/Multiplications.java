package io.inkstone.layers;

import org.bytedeco.pytorch.Tensor;

/**
 * How much a layer multiplies in one forward pass: the products of weights, and of attention, by the layer's definition, also
 * where {@link Winograd} needs fewer.
 */
public final class Multiplications {
    private Multiplications() {}

    /** Of {@code layer} itself; what its children multiply is theirs. */
    public static double of(Layer layer, Tensor input, Tensor output) {
        if (layer instanceof SelfAttention) {
            double tokens = input.size(2) * input.size(3);
            return 2 * tokens * input.numel(); // queries with keys, weights with values, whatever the heads
        }
        if (!layer.children().isEmpty() || layer instanceof Embedding) {
            return 0;
        }
        boolean upsampled = layer instanceof Conv2d && output.size(2) > input.size(2);
        return layer.parameters().values().stream()
                .filter(weight -> weight.dim() > 1)
                .mapToDouble(weight -> positions(met(layer, input, output)) * weight.numel())
                .map(all -> upsampled ? all * UpsampledConv2d.SHARE : all)
                .sum();
    }

    /** Every output position of a convolution, or input position of a transposed one, meets every weight once. */
    private static Tensor met(Layer layer, Tensor input, Tensor output) {
        return layer instanceof ConvTranspose2d ? input : output;
    }

    private static double positions(Tensor map) {
        return (double) map.numel() / map.size(map.dim() == 4 ? 1 : map.dim() - 1);
    }
}
