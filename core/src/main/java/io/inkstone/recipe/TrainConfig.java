package io.inkstone.recipe;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.tensor.Precision;
import io.inkstone.train.OnDivergence;

/**
 * The {@code train} group of a recipe.
 *
 * @param epochs passes over the data
 * @param batch pictures at once
 * @param dropLast leave out an epoch's last, smaller batch
 * @param accumulate batches whose averaged gradients make one step
 * @param syncEverySteps steps that each of several processes takes by itself before their weights are averaged; 1 joins the
 *     gradients of every step
 * @param seed of weights, order, noise and dropout
 * @param precision of the products
 * @param saveEveryEpochs a checkpoint after epoch 0, n, 2n, … and the last
 * @param saveEveryMinutes a checkpoint besides, inside of an epoch too, after so many minutes; 0 for none
 * @param keep newest checkpoints to keep, beside the best; 0 keeps all
 * @param onDivergence what happens when a loss or a gradient is no number
 */
public record TrainConfig(
        int epochs,
        int batch,
        boolean dropLast,
        int accumulate,
        int syncEverySteps,
        long seed,
        Precision precision,
        int saveEveryEpochs,
        double saveEveryMinutes,
        int keep,
        OnDivergence onDivergence) {
    public TrainConfig {
        require("epochs", epochs, 1);
        require("batch", batch, 1);
        require("accumulate", accumulate, 1);
        require("syncEverySteps", syncEverySteps, 1);
        require("saveEveryEpochs", saveEveryEpochs, 1);
        require("keep", keep, 0);
        if (!(saveEveryMinutes >= 0)) {
            throw new InputException(Words.of("train.saveEveryMinutes must be 0 or more, got %s.", saveEveryMinutes));
        }
    }

    TrainConfig with(Precision other) {
        return new TrainConfig(
                epochs,
                batch,
                dropLast,
                accumulate,
                syncEverySteps,
                seed,
                other,
                saveEveryEpochs,
                saveEveryMinutes,
                keep,
                onDivergence);
    }

    /** Whether a checkpoint follows the epoch that makes {@code done} of them. */
    public boolean savesAfter(int done) {
        return (done - 1) % saveEveryEpochs == 0 || done == epochs;
    }

    private static void require(String key, int value, int least) {
        if (value < least) {
            throw new InputException(Words.of("train.%s must be %d or more, got %d.", key, least, value));
        }
    }
}
