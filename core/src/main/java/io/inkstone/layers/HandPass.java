package io.inkstone.layers;

import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.global.torch.DeviceType;

/**
 * One forward pass in which layers that can form their gradients themselves do so, and its backward pass. Such a layer runs
 * without a graph and its result goes on as a leaf that collects its own gradient; backward, from the last leaf to the
 * first, each hands the gradient of its input on: to the leaf before, or through the graph of what lies between. One
 * thread; one backward pass. Needs channels-last maps.
 */
public final class HandPass implements KeptPass {
    /** How many times less than a plain pass this one keeps: two maps of each block. */
    public static final int SPARES = 3;

    private final Deque<Segment> segments = new ArrayDeque<>();

    /** Whether this is the faster way to learn from pictures of {@code shape} [N, C, H, W]. */
    public static boolean pays(ComputeDevice device, long... shape) {
        return device.type() == DeviceType.CPU && KernelChoices.current().gradientsByHand(shape);
    }

    @Override
    public Tensor apply(Unary block, Tensor x) {
        if (block instanceof Sequence sequence) {
            return sequence.apply(x, this);
        }
        if (!(block instanceof ByHand hand) || !GradMode.is_enabled() || !x.requires_grad()) {
            return block.apply(x);
        }
        Segment segment = Segment.run(hand, x);
        segments.push(segment);
        return segment.output;
    }

    @Override
    public void backward(Tensor loss) {
        // The loss may reach what lies between two layers directly and through later ones: kept for the second visit.
        loss.backward(new Tensor(), new BoolOptional(true), false, new TensorArrayRefOptional());
        while (!segments.isEmpty()) {
            segments.pop().backward();
        }
    }

    @Override
    public void close() {
        segments.forEach(Segment::release);
        segments.clear();
    }

    /** Holds its tensors itself: the scopes of the forward pass end before its turn comes. */
    private record Segment(ByHand.Pass pass, Tensor input, Tensor output) {
        static Segment run(ByHand layer, Tensor x) {
            try (Scope scope = Scope.open();
                    NoGradient none = NoGradient.begin()) {
                ByHand.Pass pass = layer.passByHand(x.detach());
                return new Segment(
                        pass, Scope.own(x), Scope.own(pass.output().detach().requires_grad_(true)));
            }
        }

        void backward() {
            try (Scope scope = Scope.open()) {
                Tensor gradient = output.grad();
                if (gradient.defined()) {
                    hand(Scope.yielding(() -> ofInput(gradient)));
                }
            } finally {
                release();
            }
        }

        void release() {
            pass.release();
            Scope.release(output);
            Scope.release(input);
        }

        private Tensor ofInput(Tensor gradient) {
            try (NoGradient none = NoGradient.begin()) {
                return pass.backward().apply(gradient);
            }
        }

        private void hand(Tensor gradient) {
            if (input.is_leaf() && !input.grad().defined()) {
                input.mutable_grad().put(gradient);
            } else {
                input.backward(gradient, new BoolOptional(false), false, new TensorArrayRefOptional());
            }
        }
    }
}
