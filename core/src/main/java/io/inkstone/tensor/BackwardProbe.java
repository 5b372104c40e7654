package io.inkstone.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.bytedeco.pytorch.FunctionPostHook;
import org.bytedeco.pytorch.FunctionPreHook;
import org.bytedeco.pytorch.Node;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Tells when each operation of a backward pass begins and ends. Operations are attached while the forward pass records
 * them, so that whoever attaches knows which part of a network recorded what. For one thread and the CPU, where
 * operations run one after another.
 */
public final class BackwardProbe {
    /** What {@link Operation#number} is for those that add up the gradient of a parameter. */
    public static final long ACCUMULATES = -1;

    private static final String SUFFIX = "Backward\\d*$";
    private static final String NAMESPACE = "^.*::";

    private final Set<Long> known = new HashSet<>();
    /** The native side holds its hooks weakly. */
    private final List<Object> hooks = new ArrayList<>();

    /** Told about one operation; on the thread that runs the backward pass. */
    public interface Listener {
        void began();

        void ended();
    }

    /**
     * A recorded operation.
     *
     * @param name of the forward operation, as libtorch calls it: {@code Convolution}, {@code NativeGroupNorm}
     * @param number in the order of recording, or {@link #ACCUMULATES}
     * @param wanted for each of its inputs whether a gradient is computed
     */
    public record Operation(String name, long number, List<Boolean> wanted) {}

    /** How many operations this thread has recorded so far: later ones have this number and above. */
    public static long recorded() {
        NativeLibrary.load();
        return torch.peek();
    }

    /** Attaches to every operation behind {@code result} that is not yet known and has number {@code from} or above. */
    public void attach(Tensor result, long from, Function<Operation, Listener> listeners) {
        try (Scope scope = Scope.open()) {
            Deque<Node> open = new ArrayDeque<>();
            Set<Long> seen = new HashSet<>();
            add(open, result.grad_fn());
            while (!open.isEmpty()) {
                Node node = open.pop();
                long number = node.sequence_nr();
                boolean old = number != ACCUMULATES && number < from;
                if (old || !seen.add(node.address())) {
                    continue;
                }
                List<Boolean> wanted = new ArrayList<>();
                for (int i = 0; i < node.num_outputs(); i++) {
                    wanted.add(node.should_compute_output(i));
                    add(open, node.next_edge(i).function());
                }
                if (known.add(number == ACCUMULATES ? node.address() : -2 - number)) {
                    hook(node, listeners.apply(new Operation(name(node), number, wanted)));
                }
            }
        }
    }

    private static void add(Deque<Node> open, Node node) {
        if (node != null && !node.isNull()) {
            open.push(node);
        }
    }

    private static String name(Node node) {
        return node.name().getString().replaceAll(NAMESPACE, "").replaceAll(SUFFIX, "");
    }

    private void hook(Node node, Listener listener) {
        Before before = new Before(listener);
        After after = new After(listener);
        hooks.add(before);
        hooks.add(after);
        node.add_pre_hook(before);
        node.add_post_hook(after);
        // The node owns their native halves now, and frees them with itself: our handles are empty.
        before.deallocate();
        after.deallocate();
    }

    /** Forgets everything attached; after the backward pass. */
    public void forget() {
        known.clear();
        hooks.clear();
    }

    private static final class Before extends FunctionPreHook {
        private final Listener listener;

        Before(Listener listener) {
            this.listener = listener;
        }

        @Override
        public TensorVector apply(TensorVector gradients) {
            listener.began();
            return gradients;
        }
    }

    private static final class After extends FunctionPostHook {
        private final Listener listener;

        After(Listener listener) {
            this.listener = listener;
        }

        @Override
        public TensorVector apply(TensorVector outputs, TensorVector gradients) {
            listener.ended();
            return outputs;
        }
    }
}
