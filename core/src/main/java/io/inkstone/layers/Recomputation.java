package io.inkstone.layers;

import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;

/**
 * One forward pass that keeps of each block only what goes in, and its backward pass, which computes each block again
 * when its turn comes (Chen et al. 2016, "Training Deep Nets with Sublinear Memory Cost"). Costs about a second forward
 * pass; the gradients are those of the plain pass.
 *
 * <p>A block runs without a graph, and its result goes on as a leaf that collects its own gradient. Backward, the loss
 * reaches the last leaf; that block runs again with a graph, from which the gradient flows on to the leaf before, and so
 * on. Blocks must be functions of their input alone: no dropout, no running statistics. Layers between the blocks may be
 * anything. One thread; one backward pass.
 */
public final class Recomputation implements KeptPass {
    private final Deque<Segment> segments = new ArrayDeque<>();

    @Override
    public Tensor apply(Unary block, Tensor x) {
        if (!GradMode.is_enabled() || block.children().isEmpty()) {
            return block.apply(x);
        }
        Segment segment = Segment.run(block, x);
        segments.push(segment);
        return segment.output;
    }

    @Override
    public void backward(Tensor loss) {
        // The loss may reach what lies between two blocks directly and through later blocks: kept for the second visit.
        backward(loss, new Tensor(), true);
        while (!segments.isEmpty()) {
            segments.pop().backward();
        }
    }

    @Override
    public void close() {
        segments.forEach(Segment::release);
        segments.clear();
    }

    private static void backward(Tensor from, Tensor gradient, boolean again) {
        from.backward(gradient, new BoolOptional(again), false, new TensorArrayRefOptional());
    }

    /** Holds its two tensors itself: the scopes of the forward pass end before its turn comes. */
    private record Segment(Unary block, Tensor input, Tensor output, ComputeDevice device, Precision precision) {
        static Segment run(Unary block, Tensor x) {
            ComputeDevice device =
                    new ComputeDevice(x.device().type().intern(), x.device().index());
            Precision precision = Precision.current(device.type());
            return new Segment(block, Scope.own(x), Scope.own(leaf(block, x)), device, precision);
        }

        /** By the kernels of the second pass, which records a graph. */
        private static Tensor leaf(Unary block, Tensor x) {
            try (NoGradient none = NoGradient.begin()) {
                return KernelChoices.current()
                        .with(KernelChoices.MinimalFiltering.NONE)
                        .during(() -> Scope.yielding(() -> block.apply(x).detach()))
                        .requires_grad_(true);
            }
        }

        void backward() {
            try (Scope scope = Scope.open()) {
                Tensor gradient = output.grad();
                Tensor again = gradient.defined() ? precision.compute(device, () -> block.apply(input)) : output;
                // A block that is not trained, over what is not either, has nothing to learn.
                if (gradient.defined() && again.requires_grad()) {
                    Recomputation.backward(again, gradient, false);
                }
            } finally {
                release();
            }
        }

        void release() {
            Scope.release(output);
            Scope.release(input);
        }
    }
}
