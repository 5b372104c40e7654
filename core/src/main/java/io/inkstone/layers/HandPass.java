package io.inkstone.layers;

import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
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

    private final Segments segments = new Segments();

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
        return segments.add(Segment.run(hand, x));
    }

    @Override
    public void backward(Tensor loss) {
        segments.backward(loss);
    }

    @Override
    public void close() {
        segments.release();
    }

    /** Holds its tensors itself: the scopes of the forward pass end before its turn comes. */
    private record Segment(ByHand.Pass pass, Tensor input, Tensor output) implements Segments.Segment {
        static Segment run(ByHand layer, Tensor x) {
            try (Scope scope = Scope.open();
                    NoGradient none = NoGradient.begin()) {
                ByHand.Pass pass = layer.passByHand(x.detach());
                return new Segment(
                        pass, Scope.own(x), Scope.own(pass.output().detach().requires_grad_(true)));
            }
        }

        @Override
        public void backward() {
            try (Scope scope = Scope.open()) {
                Tensor gradient = output.grad();
                if (gradient.defined()) {
                    hand(Scope.yielding(() -> ofInput(gradient)));
                }
            } finally {
                release();
            }
        }

        @Override
        public void release() {
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
                Segments.backward(input, gradient, false);
            }
        }
    }
}
