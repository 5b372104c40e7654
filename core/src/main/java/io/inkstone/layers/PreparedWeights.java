package io.inkstone.layers;

import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.bytedeco.pytorch.global.torch.DeviceType;

/**
 * Copies of layers with everything prepared that depends on weights alone: {@linkplain JoinedSteps joined}, cast and laid out
 * once, for each precision in which they are passed. Owned here until {@link #close}; one set serves any number of threads.
 */
final class PreparedWeights implements AutoCloseable {
    private final Map<Key, List<Unary>> prepared = new ConcurrentHashMap<>();
    private final Queue<Unary> owned = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    /**
     * What copies depend on.
     *
     * @param steps the layers themselves: two lists are equal if they hold the same ones
     */
    private record Key(List<Unary> steps, Precision onCpu, Precision onGpu, KernelChoices choices) {}

    /** The steps, joined and prepared for what is in force on this thread; made where they are asked for first. */
    List<Unary> of(List<Unary> steps) {
        Key key = new Key(
                steps, Precision.current(DeviceType.CPU), Precision.current(DeviceType.CUDA), KernelChoices.current());
        List<Unary> known = prepared.get(key);
        return known != null ? known : prepared.computeIfAbsent(key, absent -> JoinedSteps.of(steps, this::owned));
    }

    private Unary owned(Supplier<Unary> copy) {
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin()) {
            Unary made = copy.get();
            owned.add(made);
            made.trainable(false);
            made.training(false);
            bytes.addAndGet(made.bytes());
            return made;
        }
    }

    /** Memory of all copies so far. */
    long bytes() {
        return bytes.get();
    }

    /** Frees the copies; nobody may pass them any more. */
    @Override
    public void close() {
        prepared.clear();
        owned.forEach(Layer::close);
        owned.clear();
        bytes.set(0);
    }
}
