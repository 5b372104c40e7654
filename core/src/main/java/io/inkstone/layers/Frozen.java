package io.inkstone.layers;

import io.inkstone.tensor.Scope;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * Many passes in evaluation mode while no weight changes: what depends on weights alone is computed once. A convolution
 * takes in the batch norm that follows it (its scale and shift are constants then) and the activation after that; its
 * weight is cast and laid out once. The layers stay as they are; the rewritten copies end with the work.
 *
 * <p>Results agree with those of the plain passes to the rounding of the precision. Each thread prepares its own copies.
 */
public final class Frozen {
    private static final ThreadLocal<Frozen> CURRENT = new ThreadLocal<>();

    private final Map<Sequence, List<Unary>> prepared = new IdentityHashMap<>();
    private final List<FusedConv2d> owned = new ArrayList<>();

    private final Map<Layer, Remembered> remembered = new IdentityHashMap<>();

    /** What a layer made of its last input. */
    private record Remembered(Tensor input, long version, List<Tensor> results) {
        boolean isOf(Tensor other) {
            return input == other && version == other._version();
        }

        void release() {
            results.forEach(Scope::release);
        }
    }

    private Frozen() {}

    /** Runs {@code work}, during which this thread changes no weight. */
    public static <T> T during(Supplier<T> work) {
        Frozen before = CURRENT.get();
        Frozen frozen = new Frozen();
        CURRENT.set(frozen);
        try {
            return work.get();
        } finally {
            CURRENT.set(before);
            frozen.owned.forEach(Layer::close);
            frozen.remembered.values().forEach(Remembered::release);
        }
    }

    /** The steps of {@code sequence}, joined where that is prepared; as they are outside of {@link #during}. */
    static List<Unary> steps(Sequence sequence, List<Unary> steps) {
        Frozen frozen = CURRENT.get();
        if (frozen == null || Watch.current() != null) {
            return steps;
        }
        return frozen.prepared.computeIfAbsent(sequence, key -> frozen.joined(steps));
    }

    /**
     * What {@code work} makes of {@code input}, and of it alone: computed once for passes over the same tensor in a row, as
     * guidance makes them.
     */
    public static List<Tensor> shared(Layer layer, Tensor input, Supplier<List<Tensor>> work) {
        Frozen frozen = CURRENT.get();
        if (frozen == null || layer.training() || Watch.current() != null) {
            return work.get();
        }
        Remembered last = frozen.remembered.get(layer);
        if (last != null && last.isOf(input)) {
            return last.results();
        }
        List<Tensor> results = work.get();
        results.forEach(Scope::own);
        frozen.remembered.put(layer, new Remembered(input, input._version(), results));
        if (last != null) {
            last.release();
        }
        return results;
    }

    private List<Unary> joined(List<Unary> steps) {
        List<Unary> joined = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (!(steps.get(i) instanceof Conv2d convolution) || !FusedConv2d.possible(convolution)) {
                joined.add(steps.get(i));
                continue;
            }
            Optional<BatchNorm> norm = at(steps, i + 1, BatchNorm.class);
            i += norm.isPresent() ? 1 : 0;
            Optional<String> activation = at(steps, i + 1, Activation.class).flatMap(Activation::fused);
            i += activation.isPresent() ? 1 : 0;
            joined.add(fused(convolution, norm, activation));
        }
        return joined;
    }

    private FusedConv2d fused(Conv2d convolution, Optional<BatchNorm> norm, Optional<String> activation) {
        try (Scope scope = Scope.open()) {
            FusedConv2d fused = new FusedConv2d(convolution, norm, activation);
            owned.add(fused);
            return fused;
        }
    }

    private static <L> Optional<L> at(List<Unary> steps, int index, Class<L> type) {
        return index < steps.size() && type.isInstance(steps.get(index))
                ? Optional.of(type.cast(steps.get(index)))
                : Optional.empty();
    }
}
