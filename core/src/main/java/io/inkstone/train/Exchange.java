package io.inkstone.train;

import io.inkstone.tensor.Share;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * Where what this process learns from its part of a batch meets what others learn from theirs. The trainer comes here at
 * the same moments in every process, so that each may wait for the others.
 */
public interface Exchange {
    /** One process that sees whole batches. */
    Exchange ALONE = new Exchange() {
        @Override
        public Joining joining(Map<String, Tensor> parameters) {
            return Runnable::run;
        }

        @Override
        public double[] sums(double... numbers) {
            return numbers;
        }

        @Override
        public boolean anywhere(boolean here) {
            return here;
        }

        @Override
        public <T> T passing(Share share, Supplier<T> work) {
            return work.get();
        }
    };

    /**
     * A way for the gradients of {@code parameters}, which are trained together, by name.
     *
     * @return the caller's to close, before the parameters end
     */
    Joining joining(Map<String, Tensor> parameters);

    /** The one place between backward and step. */
    @FunctionalInterface
    interface Joining extends AutoCloseable {
        /**
         * Runs a backward pass, which adds the gradients of a batch to those that were gathered of earlier batches and are the
         * same in every process. When it returns, what each process has gathered is what all have.
         */
        void during(Runnable backward);

        @Override
        default void close() {}
    }

    /** Each number summed over all processes. */
    double[] sums(double... numbers);

    /** Whether something holds in one of the processes. */
    boolean anywhere(boolean here);

    /** What the gradients of this process's rows weigh in the step that it takes. */
    default double weight(Share share) {
        return share.weight();
    }

    /**
     * After a step, which every process has taken: where it is time, and they had stepped each by itself, what each learned becomes
     * what all have.
     *
     * @param after the step
     * @param learned everything that steps change, live
     * @return whether all stand at the same place now; else nothing of this may be saved
     */
    default boolean together(Position after, Supplier<List<Tensor>> learned) {
        return true;
    }

    /** Runs a pass forward and back over rows of a batch whose others are elsewhere. */
    <T> T passing(Share share, Supplier<T> work);
}
