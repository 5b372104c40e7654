package io.inkstone.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.List;

/**
 * The {@code optimizer} group of a recipe.
 *
 * @param name which one
 * @param rate learning rate at the start
 * @param betas decay of the running mean and of the running square of gradients
 * @param eps added to the root of the running square
 * @param weightDecay pull towards zero; {@code adam} adds it to the gradient, {@code adamw} to the step
 * @param schedule how the rate changes over the epochs, or over {@code decaySteps}
 * @param clip largest norm of all gradients of a step together, each phase's by itself; 0 never clips
 * @param warmupSteps first steps, in which the rate grows evenly to what the schedule says; 0 begins with all of it
 * @param decaySteps steps after which the schedule ends, and is held, whatever the epochs; 0 goes by epochs
 */
public record OptimizerConfig(
        Name name,
        double rate,
        List<Double> betas,
        double eps,
        double weightDecay,
        RateSchedule schedule,
        double clip,
        int warmupSteps,
        int decaySteps) {
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
        require(warmupSteps >= 0, "optimizer.warmupSteps must be 0 (none) or more, got " + warmupSteps);
        require(
                decaySteps == 0 || decaySteps > warmupSteps,
                Words.of(
                        "optimizer.decaySteps must be 0 (by epochs) or more than optimizer.warmupSteps (%d), got %d",
                        warmupSteps, decaySteps));
    }

    /** With a schedule by epochs from the first step on. */
    public OptimizerConfig(
            Name name,
            double rate,
            List<Double> betas,
            double eps,
            double weightDecay,
            RateSchedule schedule,
            double clip) {
        this(name, rate, betas, eps, weightDecay, schedule, clip, 0, 0);
    }

    /** The learning rate of the step after {@code position} of training for {@code epochs}. */
    double rateAt(Position position, int epochs) {
        long step = position.step();
        double full = decaySteps == 0
                ? schedule.rate(rate, position.epoch(), epochs)
                : schedule.rate(rate, Math.max(0, step - warmupSteps), decaySteps - warmupSteps);
        return step < warmupSteps ? full * (step + 1) / warmupSteps : full;
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
