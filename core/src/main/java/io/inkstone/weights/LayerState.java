package io.inkstone.weights;

import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.layers.Layer;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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

    /**
     * Fills {@code tensors} with the arrays of the same names, all or nothing.
     *
     * @param what names the file in the message
     */
    public static void fill(Map<String, Tensor> tensors, Map<String, NdArray> arrays, String what) {
        List<String> problems = new ArrayList<>();
        tensors.forEach((name, tensor) -> {
            NdArray array = arrays.get(name);
            if (array == null) {
                problems.add("missing " + name);
            } else if (!Arrays.equals(array.shape(), tensor.shape())) {
                problems.add("%s has shape %s, expected %s"
                        .formatted(name, Arrays.toString(array.shape()), Arrays.toString(tensor.shape())));
            }
        });
        arrays.keySet().stream()
                .filter(name -> !tensors.containsKey(name))
                .forEach(name -> problems.add("unexpected " + name));
        if (!problems.isEmpty()) {
            throw new InputException("%s does not fit the network: %s.".formatted(what, String.join("; ", problems)));
        }
        try (NoGradient none = NoGradient.begin()) {
            tensors.forEach((name, tensor) -> Scope.run(() -> tensor.copy_(Tensors.of(arrays.get(name)))));
        }
    }
}
