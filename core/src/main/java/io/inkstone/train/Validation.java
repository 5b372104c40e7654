package io.inkstone.train;

import io.inkstone.layers.Frozen;
import io.inkstone.layers.Layer;
import io.inkstone.tensor.Scope;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Losses on held-out pictures after every epoch: all of them, in order, in evaluation mode, random numbers afresh.
 *
 * @param pictures one epoch in the order of the data
 */
public record Validation(BatchSource pictures) {
    /**
     * @param stopped looked at before every batch
     * @return empty if it was stopped
     */
    Optional<MeanLosses> losses(Trainer trainer, BooleanSupplier stopped) {
        return Frozen.during(() -> means(trainer, stopped));
    }

    private Optional<MeanLosses> means(Trainer trainer, BooleanSupplier stopped) {
        LossSums sums = LossSums.NONE;
        long address = 0;
        try (BatchSource.Batches batches = pictures.open(0, 0)) {
            while (batches.hasNext()) {
                if (stopped.getAsBoolean()) {
                    return Optional.empty();
                }
                try (Scope scope = Scope.open()) {
                    Batch batch = batches.next();
                    // Numbers that training never uses, the same after every epoch: its batches count from 0 upward.
                    Draws draws = new Draws(
                            trainer.plan().seed(), --address, trainer.plan().device());
                    sums = sums.plus(sums(trainer, batch, draws));
                }
            }
        }
        return Optional.of(sums.means());
    }

    private static LossSums sums(Trainer trainer, Batch batch, Draws draws) {
        LossSums sums = LossSums.of(batch.size());
        for (Phase phase : trainer.objective().phases()) {
            Losses losses = Layer.evaluating(() ->
                    trainer.plan().precision().compute(trainer.plan().device(), () -> phase.losses(batch, draws)));
            sums = sums.with(losses.means(phase.name(), Exchange.ALONE));
        }
        return sums;
    }
}
