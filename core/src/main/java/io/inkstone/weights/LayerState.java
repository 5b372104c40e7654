package io.inkstone.weights;

import io.inkstone.array.NdArray;
import io.inkstone.layers.Layer;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** The way between live tensors and arrays of a file, strict by name and shape. */
public final class LayerState {
    private LayerState() {}

    /** Copies of all parameters and buffers. */
    public static Map<String, NdArray> of(Layer layer) {
        return copies(layer.state());
    }

    /** Copies of {@code tensors}, C order, float32. */
    public static Map<String, NdArray> copies(Map<String, Tensor> tensors) {
        Map<String, NdArray> arrays = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> arrays.put(name, Tensors.toArray(tensor)));
        return arrays;
    }

    /** Fills {@code tensors} with the arrays of the same names, all or nothing. */
    public static void fill(Map<String, Tensor> tensors, WeightSet file) {
        Map<String, long[]> expected = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> expected.put(name, tensor.shape()));
        Map<String, NdArray> matched = StrictMatch.check(expected, file);
        try (NoGradient none = NoGradient.begin()) {
            tensors.forEach((name, tensor) -> Scope.run(() -> tensor.copy_(Tensors.of(matched.get(name)))));
        }
    }
}
