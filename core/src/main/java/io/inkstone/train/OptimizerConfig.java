package io.inkstone.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.inkstone.InputException;
import java.util.List;

/**
 * The {@code optimizer} group of a recipe.
 *
 * @param name which one
 * @param rate learning rate at the start
 * @param betas decay of the running mean and of the running square of gradients
 * @param eps added to the root of the running square
 * @param weightDecay pull towards zero; {@code adam} adds it to the gradient, {@code adamw} to the step
 * @param schedule how the rate changes over the epochs
 * @param clip largest norm of all gradients together; 0 never clips
 */
public record OptimizerConfig(
        Name name,
        double rate,
        List<Double> betas,
        double eps,
        double weightDecay,
        RateSchedule schedule,
        double clip) {
    /** The optimizers on offer. */
    public enum Name {
        @JsonProperty("adam")
        ADAM,
        @JsonProperty("adamw")
        ADAMW
    }

    public OptimizerConfig {
        betas = List.copyOf(betas);
        require(rate > 0, "optimizer.rate must be above 0, got " + rate);
        require(
                betas.size() == 2 && betas.stream().allMatch(beta -> beta >= 0 && beta < 1),
                "optimizer.betas needs two numbers in [0, 1), got " + betas);
        require(eps > 0, "optimizer.eps must be above 0, got " + eps);
        require(weightDecay >= 0, "optimizer.weightDecay must be 0 or more, got " + weightDecay);
        require(clip >= 0, "optimizer.clip must be 0 (never) or more, got " + clip);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new InputException(otherwise + ".");
        }
    }

    /** Adam with PyTorch's defaults and a constant rate. */
    public static OptimizerConfig adam(double rate) {
        return new OptimizerConfig(Name.ADAM, rate, List.of(0.9, 0.999), 1e-8, 0, RateSchedule.CONSTANT, 0);
    }
}
