package io.inkstone.train;

import io.inkstone.layers.Frozen;
import io.inkstone.layers.Layer;
import io.inkstone.tensor.Scope;
import java.util.Optional;

/**
 * Losses on held-out pictures after every epoch: all of them, in order, in evaluation mode, random numbers afresh.
 *
 * @param pictures one epoch in the order of the data
 */
public record Validation(BatchSource pictures) {
    /**
     * Given up before a batch once the trainer is asked to stop.
     *
     * @return empty if it was stopped
     */
    Optional<MeanLosses> losses(Trainer trainer) {
        return Frozen.during(() -> means(trainer));
    }

    private Optional<MeanLosses> means(Trainer trainer) {
        LossSums sums = LossSums.NONE;
        long address = 0;
        try (BatchSource.Batches batches = pictures.open(0, 0)) {
            while (batches.hasNext()) {
                if (trainer.exchange().anywhere(trainer.stopping())) {
                    return Optional.empty();
                }
                try (Scope scope = Scope.open()) {
                    Batch batch = batches.next();
                    // Numbers that training never uses, the same after every epoch: its batches count from 0 upward.
                    Draws draws = new Draws(
                            trainer.plan().seed(), --address, trainer.plan().device(), batch.share());
                    sums = sums.plus(sums(trainer, batch, draws));
                }
            }
        }
        return Optional.of(sums.means());
    }

    private static LossSums sums(Trainer trainer, Batch batch, Draws draws) {
        LossSums sums = LossSums.of(batch.share().whole());
        for (Phase phase : trainer.objective().phases()) {
            Losses losses = Layer.evaluating(() ->
                    trainer.plan().precision().compute(trainer.plan().device(), () -> phase.losses(batch, draws)));
            sums = sums.with(losses.means(phase.name(), batch.share().weight(), trainer.exchange()));
        }
        return sums;
    }
}
