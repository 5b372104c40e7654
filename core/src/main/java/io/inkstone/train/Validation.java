package io.inkstone.train;

import io.inkstone.layers.Frozen;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Losses on held-out pictures after every epoch: all of them, in order, in evaluation mode, random numbers afresh. */
public final class Validation implements Listener {
    private final BatchSource pictures;
    private final BiConsumer<Trainer, Map<String, Double>> report;

    /**
     * @param pictures one epoch in the order of the data
     * @param report takes the mean losses by name
     */
    public Validation(BatchSource pictures, BiConsumer<Trainer, Map<String, Double>> report) {
        this.pictures = pictures;
        this.report = report;
    }

    @Override
    public void epochEnded(Trainer trainer) {
        if (trainer.objective().validates()) {
            report.accept(trainer, Frozen.during(() -> losses(trainer)));
        }
    }

    private Map<String, Double> losses(Trainer trainer) {
        Map<String, Double> sums = new LinkedHashMap<>();
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
        long pictureCount = count;
        sums.replaceAll((name, sum) -> sum / pictureCount);
        return sums;
    }

    private static void add(Trainer trainer, Batch batch, Draws draws, Map<String, Double> sums) {
        for (Phase phase : trainer.objective().phases()) {
            Losses losses = trainer.objective().network().evaluating(() -> trainer.plan()
                    .precision()
                    .compute(trainer.plan().device(), () -> phase.losses(batch, draws)));
            sums.merge(phase.name(), Tensors.toDouble(losses.total()) * batch.size(), Double::sum);
            losses.parts()
                    .forEach((name, part) -> sums.merge(name, Tensors.toDouble(part) * batch.size(), Double::sum));
        }
    }
}
