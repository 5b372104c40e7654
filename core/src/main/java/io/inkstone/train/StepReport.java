package io.inkstone.train;

import java.util.Map;

/**
 * One optimizer step in Java numbers.
 *
 * @param position after the step
 * @param pictures in this step
 * @param loss mean over the step's pictures, summed over the phases
 * @param losses by name, likewise means
 * @param rate learning rate used
 * @param pace of the last batches
 * @since 0.1
 */
public record StepReport(
        Position position, long pictures, double loss, Map<String, Double> losses, double rate, Pace pace) {
    static StepReport of(Position position, LossSums step, double rate, Pace pace) {
        MeanLosses means = step.means();
        return new StepReport(position, step.pictures(), means.total(), means.byName(), rate, pace);
    }
}
