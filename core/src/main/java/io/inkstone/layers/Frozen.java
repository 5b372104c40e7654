package io.inkstone.layers;

import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;

/**
 * Many passes in evaluation mode while no weight changes: what depends on weights alone is computed once. A
 * convolution, transposed or not, and a linear layer take in the batch norm that follows (its scale and shift are constants
 * then), a convolution the activation after that too; weights are cast and laid out once. The layers stay as they are; the rewritten copies end with the work.
 *
 * <p>Results agree with those of the plain passes to the rounding of the precision. Each thread prepares its own copies.
 */
public final class Frozen {
    private static final ThreadLocal<Frozen> CURRENT = new ThreadLocal<>();

    private final Map<Layer, List<Unary>> prepared = new IdentityHashMap<>();
    private final List<Unary> owned = new ArrayList<>();

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

    /** The steps of {@code owner}, joined where that is prepared; as they are in training and outside of {@link #during}. */
    static List<Unary> steps(Layer owner, List<Unary> steps) {
        Frozen frozen = CURRENT.get();
        if (frozen == null || plainly(owner)) {
            return steps;
        }
        return frozen.prepared.computeIfAbsent(owner, key -> frozen.joined(steps));
    }

    /** Passes {@code x} through layers that follow each other outside of a {@link Sequence}, always the same ones. */
    public static Tensor through(Tensor x, Unary... steps) {
        for (Unary step : steps(steps[0], List.of(steps))) {
            x = step.apply(x);
        }
        return x;
    }

    /**
     * What {@code work} makes of {@code input}, and of it alone: computed once for passes over the same tensor in a row, as
     * guidance makes them.
     */
    public static List<Tensor> shared(Layer layer, Tensor input, Supplier<List<Tensor>> work) {
        Frozen frozen = CURRENT.get();
        if (frozen == null || plainly(layer)) {
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

    /** Copies hand no gradients on, and are not what a watch asks for. */
    private static boolean plainly(Layer layer) {
        return layer.training() || GradMode.is_enabled() || Watch.current() != null;
    }

    private List<Unary> joined(List<Unary> steps) {
        List<Unary> joined = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Unary step = steps.get(i);
            Optional<BatchNorm> norm = at(steps, i + 1, BatchNorm.class);
            int next = norm.isPresent() ? i + 1 : i;
            if (step instanceof Conv2d convolution && PackedConv2d.possible(convolution.weight)) {
                Optional<Activation> activation = at(steps, next + 1, Activation.class)
                        .filter(each -> each.fused().isPresent());
                i = activation.isPresent() ? next + 1 : next;
                joined.add(owned(() -> new FusedConv2d(convolution, norm, activation)));
            } else if (step instanceof Preparable map) {
                i = next;
                joined.add(owned(() -> map.prepared(norm)));
            } else {
                joined.add(step);
            }
        }
        return joined;
    }

    private Unary owned(Supplier<Unary> copy) {
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin()) {
            Unary made = copy.get();
            made.trainable(false);
            made.training(false);
            owned.add(made);
            return made;
        }
    }

    private static <L> Optional<L> at(List<Unary> steps, int index, Class<L> type) {
        return index < steps.size() && type.isInstance(steps.get(index))
                ? Optional.of(type.cast(steps.get(index)))
                : Optional.empty();
    }
}
