package io.inkstone.layers;

import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;

/**
 * Many passes in evaluation mode while no weight changes: what depends on weights alone is computed once, in copies that
 * layers are passed by instead ({@link PreparedWeights}), and what passes over one tensor have in common once too
 * ({@link SharedResults}).
 *
 * <p>Results agree with those of the plain passes to the rounding of the precision. The copies end with the work, and each
 * thread makes its own; those of a network that is {@linkplain Layer#settle settled} live as long as it, and serve all threads.
 */
public final class Frozen {
    private static final ThreadLocal<Frozen> CURRENT = new ThreadLocal<>();

    private final PreparedWeights prepared = new PreparedWeights();
    private final SharedResults shared = new SharedResults();

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
            frozen.prepared.close();
            frozen.shared.close();
        }
    }

    /** The steps of {@code owner}, joined where that is prepared; as they are in training and outside of {@link #during}. */
    static List<Unary> steps(Layer owner, List<Unary> steps) {
        Frozen frozen = CURRENT.get();
        if (frozen == null || plainly(owner)) {
            return steps;
        }
        return owner.settled().map(Settled::prepared).orElse(frozen.prepared).of(steps);
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
        return frozen == null || plainly(layer) ? work.get() : frozen.shared.of(layer, input, work);
    }

    /** Copies hand no gradients on, and are not what a watch asks for. */
    private static boolean plainly(Layer layer) {
        return layer.training() || GradMode.is_enabled() || Watch.current() != null;
    }
}
