package io.inkstone.layers;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;

/** Pieces of a forward pass whose gradients are formed one by one, the last piece first. */
final class Segments {
    private final Deque<Segment> kept = new ArrayDeque<>();

    /** A piece with its input and its output, which is a leaf: the graph ends there. */
    interface Segment {
        Tensor output();

        /** Hands the gradient that reached the output on to the input, and lets go of both. */
        void backward();

        /** Lets go of both. */
        void release();
    }

    /** Keeps the piece that was passed last, and gives its output. */
    Tensor add(Segment segment) {
        kept.push(segment);
        return segment.output();
    }

    /** Adds the gradients of {@code loss} to every parameter on the way. */
    void backward(Tensor loss) {
        // The loss may reach what lies between two pieces directly and through later ones: kept for the second visit.
        backward(loss, new Tensor(), true);
        while (!kept.isEmpty()) {
            kept.pop().backward();
        }
    }

    /** @param again whether the graph will be walked once more */
    static void backward(Tensor from, Tensor gradient, boolean again) {
        from.backward(gradient, new BoolOptional(again), false, new TensorArrayRefOptional());
    }

    /** Lets go of what is still kept. */
    void release() {
        kept.forEach(Segment::release);
        kept.clear();
    }
}
