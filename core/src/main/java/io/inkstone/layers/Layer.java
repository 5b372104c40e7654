package io.inkstone.layers;

import io.inkstone.layers.OwnTensors.Which;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;

/**
 * A part of a network: named parameters (trained), named buffers (running statistics) and named children, listed in the
 * order in which they were registered. The dotted names are the contract with weight files.
 *
 * <p>A layer owns its tensors: they live until {@link #close}, whatever scope they were made in.
 */
public abstract class Layer implements AutoCloseable {
    /** Of the thread, not of the layer: another thread may train with it or draw from it at the same time. */
    private static final ThreadLocal<Boolean> EVALUATING = ThreadLocal.withInitial(() -> false);

    private final Map<String, Layer> children = new LinkedHashMap<>();
    private final OwnTensors tensors = new OwnTensors();
    private boolean training = true;
    private Settled settled;
    private volatile boolean closed;

    protected final <L extends Layer> L child(String name, L layer) {
        if (children.putIfAbsent(name, layer) != null) {
            throw new IllegalArgumentException("A layer has two children named '" + name + "'.");
        }
        return layer;
    }

    protected final Tensor parameter(String name, Tensor first) {
        return tensors.parameter(name, first);
    }

    protected final Tensor buffer(String name, Tensor first) {
        return tensors.buffer(name, first);
    }

    /** Direct children by name. */
    public final Map<String, Layer> children() {
        return Collections.unmodifiableMap(children);
    }

    /** All trained tensors by dotted name, in registration order. */
    public final Map<String, Tensor> parameters() {
        return handedOut(Which.PARAMETERS);
    }

    /** All running statistics by dotted name, in registration order. */
    public final Map<String, Tensor> buffers() {
        return handedOut(Which.BUFFERS);
    }

    /**
     * Parameters and buffers together, layer by layer: what a weight file holds. Ask again after {@link #settle}: a tensor from
     * before may be without its values then.
     */
    public final Map<String, Tensor> state() {
        return handedOut(Which.ALL);
    }

    /** Number of trained values. */
    public final long parameterCount() {
        return listed(Which.PARAMETERS).values().stream()
                .mapToLong(Tensor::numel)
                .sum();
    }

    private Map<String, Tensor> handedOut(Which which) {
        visit("", (name, layer) -> layer.gather(true));
        return listed(which);
    }

    /** For what is known of tensors without their values. */
    private Map<String, Tensor> listed(Which which) {
        Map<String, Tensor> all = new LinkedHashMap<>();
        visit("", (name, layer) -> layer.tensors.list(which, name, all));
        return all;
    }

    /** Called before the values of own tensors are read; {@code held} where others may keep the tensors. */
    void gather(boolean held) {}

    private void visit(String prefix, BiConsumer<String, Layer> visitor) {
        visitor.accept(prefix, this);
        children.forEach((name, layer) -> layer.visit(prefix + name + ".", visitor));
    }

    /** Whether norms use the batch's statistics and learn from them; never inside {@link #evaluating}. */
    public final boolean training() {
        return training && !EVALUATING.get();
    }

    /** Switches this layer and all below it. */
    public final void training(boolean on) {
        visit("", (name, layer) -> layer.training = on);
    }

    /**
     * Runs {@code work} without gradients and with every layer, of whatever network, that this thread passes in evaluation
     * mode. Nothing changes for other threads.
     */
    public static <T> T evaluating(Supplier<T> work) {
        boolean before = EVALUATING.get();
        EVALUATING.set(true);
        try (NoGradient none = NoGradient.begin()) {
            return work.get();
        } finally {
            EVALUATING.set(before);
        }
    }

    /** Lets gradients flow into this layer's parameters, or not. */
    public final void trainable(boolean on) {
        listed(Which.PARAMETERS).values().forEach(parameter -> parameter.requires_grad_(on));
    }

    /**
     * Says that no weight of this network will change again. Copies that passes in evaluation prepare of its layers are then kept
     * and shared by all threads, and {@link #close} waits for whoever is inside {@link #using}. A second time it forgets them first.
     */
    public final void settle() {
        settled().ifPresent(before -> before.forget(() -> visit("", (name, layer) -> layer.gather(false))));
        Settled whole = new Settled();
        visit("", (name, layer) -> layer.settled = whole);
    }

    final Optional<Settled> settled() {
        return Optional.ofNullable(settled);
    }

    /** Memory of the copies that are kept since {@link #settle}, in bytes. */
    public final long keptBytes() {
        return settled == null ? 0 : settled.prepared().bytes();
    }

    /** Runs work that passes this network; one that is closed refuses. */
    public final <T> T using(Supplier<T> work) {
        requireOpen();
        return settled == null ? work.get() : settled.during(work);
    }

    /** @throws IllegalStateException if its tensors were freed */
    public final void requireOpen() {
        if (closed) {
            throw Settled.isClosed();
        }
    }

    /** Where its tensors live. */
    public final ComputeDevice device() {
        requireOpen();
        return ComputeDevice.of(listed(Which.ALL).values().iterator().next());
    }

    /** Element type and place of its first tensor: what an input for it is made with. */
    public final TensorOptions options() {
        return listed(Which.ALL).values().iterator().next().options();
    }

    /** Moves every tensor to {@code device}. */
    public final void moveTo(ComputeDevice device) {
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin()) {
            visit("", (name, layer) -> layer.gather(false));
            listed(Which.ALL).values().forEach(tensor -> tensor.set_data(device.place(tensor)));
        }
    }

    /** Copies every value of {@code other}, which must have the same names and shapes. */
    public final void copyFrom(Layer other) {
        Map<String, Tensor> source = other.state();
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin()) {
            state().forEach((name, tensor) -> tensor.copy_(source.get(name)));
        }
    }

    /**
     * Values that a training pass keeps inside this layer beside what its children put out; for estimates.
     *
     * @param inputShape of the pass
     */
    public long ownValues(long... inputShape) {
        return 0;
    }

    /**
     * One pass through this layer in a scope of its own, so that autograd alone decides which intermediate results
     * live; seen by the thread's {@link Watch} if there is one.
     *
     * @param input what a listing shows as the input
     */
    protected final Tensor pass(Tensor input, Supplier<Tensor> forward) {
        Watch watch = Watch.current();
        if (watch == null) {
            return Scope.yielding(forward);
        }
        return watch.around(watched(), input, () -> Scope.yielding(forward));
    }

    /** Whose passes a {@link Watch} sees: this layer's, unless it stands in for another. */
    protected Layer watched() {
        return this;
    }

    /**
     * Frees what a layer made inside the pass at hand and the pass needs no more. Does nothing where a graph is recorded,
     * which decides by itself, and where somebody watches.
     */
    public static void spent(Tensor result) {
        if (!GradMode.is_enabled() && Watch.current() == null) {
            Scope.drop(result);
        }
    }

    /** Memory of this layer's tensors, in bytes. */
    public long bytes() {
        return listed(Which.ALL).values().stream().mapToLong(Tensor::nbytes).sum();
    }

    /** Frees every tensor of this layer and its children. A second time does nothing. */
    @Override
    public void close() {
        if (settled == null) {
            release();
        } else {
            settled.close(this::release);
        }
    }

    private void release() {
        if (!closed) {
            closed = true;
            listed(Which.ALL).values().forEach(Scope::release);
        }
    }
}
