package io.inkstone.layers;

import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/** Sees every layer that the current thread passes through: listings of shapes, estimates, profiles. */
public interface Watch {
    /** Runs one pass; implementations call {@code forward} exactly once and return its result. */
    Tensor around(Layer layer, Tensor input, Supplier<Tensor> forward);

    /** The watch of the current thread, or null. */
    static Watch current() {
        return Current.WATCH.get();
    }

    /** Watches this thread while {@code work} runs. */
    static <T> T during(Watch watch, Supplier<T> work) {
        Watch before = Current.WATCH.get();
        Current.WATCH.set(watch);
        try {
            return work.get();
        } finally {
            Current.WATCH.set(before);
        }
    }

    /** Holds the thread's watch. */
    final class Current {
        private static final ThreadLocal<Watch> WATCH = new ThreadLocal<>();

        private Current() {}
    }
}
