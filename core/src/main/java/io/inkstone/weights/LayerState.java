package io.inkstone.weights;

import io.inkstone.array.DType;
import io.inkstone.array.NdArray;
import io.inkstone.array.ParallelPass;
import io.inkstone.layers.Layer;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

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

    /** In which element type a network keeps what it loads. */
    public enum Kept {
        /** float16 and bfloat16 stay two bytes, float32 four; everything else becomes float32. */
        STORED,
        FLOAT32
    }

    /**
     * Gives {@code tensors} the values of the same names, each read into memory of its own, on a few threads; what they
     * held before is let go, so they may be {@link io.inkstone.layers.Initializer#placeholders placeholders}. Names and
     * shapes are compared before the first is read.
     */
    public static void fill(Map<String, Tensor> tensors, WeightSource source, Kept kept) throws IOException {
        Map<String, long[]> expected = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> expected.put(name, tensor.shape()));
        List<String> names = StrictMatch.names(expected, source.shapes());
        try {
            // New memory is slow to touch: a second thread makes gigabytes a third faster.
            ParallelPass.over(
                    names.size(),
                    index ->
                            fill(tensors.get(names.get(index)), source.tensors().get(names.get(index)), kept),
                    done -> {});
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private static void fill(Tensor tensor, StoredTensor stored, Kept kept) {
        try (NoGradient none = NoGradient.begin();
                Scope scope = Scope.open()) {
            boolean keeps = kept == Kept.STORED && isKept(stored.type());
            Tensor loaded = stored.tensor();
            tensor.set_data(keeps ? loaded : loaded.to(ScalarType.Float));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isKept(DType type) {
        return type == DType.FLOAT16 || type == DType.BFLOAT16 || type == DType.FLOAT32;
    }
}
