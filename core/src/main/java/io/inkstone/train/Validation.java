package io.inkstone.train;

import io.inkstone.layers.Frozen;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;

/**
 * Losses on held-out pictures after every epoch: all of them, in order, in evaluation mode, random numbers afresh.
 *
 * @param pictures one epoch in the order of the data
 */
public record Validation(BatchSource pictures) {
    MeanLosses losses(Trainer trainer) {
        return Frozen.during(() -> means(trainer));
    }

    private MeanLosses means(Trainer trainer) {
        LossSums sums = new LossSums();
        long count = 0;
        long address = 0;
        try (BatchSource.Batches batches = pictures.open(0, 0)) {
            while (batches.hasNext()) {
                try (Scope scope = Scope.open()) {
                    Batch batch = batches.next();
                    // Numbers that training never uses, the same after every epoch: its batches count from 0 upward.
                    Draws draws = new Draws(
                            trainer.plan().seed(), --address, trainer.plan().device());
                    add(trainer, batch, draws, sums);
                    count += batch.size();
                }
            }
        }
        return sums.means(count);
    }

    private static void add(Trainer trainer, Batch batch, Draws draws, LossSums sums) {
        for (Phase phase : trainer.objective().phases()) {
            Losses losses = trainer.objective().network().evaluating(() -> trainer.plan()
                    .precision()
                    .compute(trainer.plan().device(), () -> phase.losses(batch, draws)));
            sums.add(phase.name(), Tensors.toDouble(losses.total()), losses.parts(), batch.size());
        }
    }
}
