package io.inkstone.tensor;

import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Looks for values that are no numbers. */
public final class FiniteValues {
    private FiniteValues() {}

    /** The first of {@code tensors}, of any shape, that holds NaN or ∞. */
    public static Optional<String> firstOther(Map<String, Tensor> tensors) {
        return tensors.entrySet().stream()
                .filter(named -> !isFinite(named.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** By the sum: one value that is no number makes it none. In float32, since that of two-byte values may pass their range. */
    private static boolean isFinite(Tensor tensor) {
        try (Scope scope = Scope.open()) {
            return Double.isFinite(
                    Tensors.toDouble(tensor.detach().sum(new ScalarTypeOptional(torch.ScalarType.Float))));
        }
    }
}
