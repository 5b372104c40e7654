package io.inkstone.models.diffusion;

import io.inkstone.InputException;
import io.inkstone.Words;

/**
 * The {@code objective} group of a recipe. All but its name is said of consistency tuning alone.
 *
 * @param name what is minimised
 * @param batchesPerStage batches of pictures until the levels that are compared lie half as far apart
 * @param stages of halving; the last one holds on
 * @param huber c of the loss √(‖Δ‖² + c²) − c for a whole picture; 0 is 0.00054·√(values of a picture)
 */
public record ObjectiveGroup(ObjectiveChoice name, int batchesPerStage, int stages, double huber) {
    public static final ObjectiveGroup USUAL = new ObjectiveGroup(ObjectiveChoice.DENOISING, 250, 8, 0);

    public ObjectiveGroup {
        if (batchesPerStage < 1 || stages < 1 || !(huber >= 0 && Double.isFinite(huber))) {
            throw new InputException(Words.of(
                    "objective.batchesPerStage and objective.stages must be 1 or more and objective.huber 0 (by the size of a picture) or more, got %d, %d and %s.",
                    batchesPerStage, stages, huber));
        }
    }

    /** Whether a trained network is tuned, rather than a new one trained. */
    public boolean tunes() {
        return name == ObjectiveChoice.CONSISTENCY;
    }

    /** @param values of a picture, C·H·W */
    ConsistencySchedule schedule(long values) {
        ConsistencySchedule usual = ConsistencySchedule.usual(batchesPerStage, values);
        return new ConsistencySchedule(usual.base(), batchesPerStage, stages, huber == 0 ? usual.huber() : huber);
    }
}
