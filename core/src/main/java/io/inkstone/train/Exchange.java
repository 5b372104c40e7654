package io.inkstone.train;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Where what this process learns from its part of a batch meets what others learn from theirs. The trainer comes here at
 * the same moments in every process, so that each may wait for the others.
 */
public interface Exchange {
    /** One process that sees whole batches. */
    Exchange ALONE = new Exchange() {
        @Override
        public void beforeBackward(Map<String, Tensor> parameters) {}

        @Override
        public void afterBackward(Map<String, Tensor> parameters) {}

        @Override
        public double[] sums(double... numbers) {
            return numbers;
        }
    };

    /**
     * Before a batch adds its gradients to those that were gathered of earlier batches, which are the same in every process.
     *
     * @param parameters that are trained, by name
     */
    void beforeBackward(Map<String, Tensor> parameters);

    /** After it: what each process has gathered becomes what all have. Between backward and step. */
    void afterBackward(Map<String, Tensor> parameters);

    /** Each number summed over all processes. */
    double[] sums(double... numbers);
}
