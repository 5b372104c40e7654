package io.inkstone.data;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.tensor.Share;

/**
 * How a set is cut into batches.
 *
 * @param size pictures a batch
 * @param order which picture comes when
 * @param dropLast leave an epoch's last, smaller batch out
 * @param flip mirror half of the pictures, by chance
 * @param epochs where to end: batches of epochs 0..epochs−1 are delivered
 * @param rank which of the processes that share each batch takes its rows
 * @param ranks how many those are
 */
public record BatchPlan(int size, Order order, boolean dropLast, boolean flip, int epochs, int rank, int ranks) {
    /** One process takes every row. */
    public BatchPlan(int size, Order order, boolean dropLast, boolean flip, int epochs) {
        this(size, order, dropLast, flip, epochs, 0, 1);
    }

    public BatchPlan {
        if (size < 1) {
            throw new InputException(Words.of("A batch has at least 1 picture, got %d (--set train.batch=16).", size));
        }
        if (epochs < 0) {
            throw new InputException("The number of epochs is not negative, got " + epochs + ".");
        }
    }

    /** Shuffled, endless, with the last partial batch. */
    public static BatchPlan training(int size, long seed) {
        return new BatchPlan(size, Order.shuffled(seed), false, false, Integer.MAX_VALUE);
    }

    /** Once through the set as stored, every picture. */
    public static BatchPlan pass(int size) {
        return new BatchPlan(size, Order.stored(), false, false, 1);
    }

    public BatchPlan withDropLast(boolean drop) {
        return new BatchPlan(size, order, drop, flip, epochs, rank, ranks);
    }

    public BatchPlan withFlip(boolean mirror) {
        return new BatchPlan(size, order, dropLast, mirror, epochs, rank, ranks);
    }

    public BatchPlan withEpochs(int count) {
        return new BatchPlan(size, order, dropLast, flip, count, rank, ranks);
    }

    /** The same batches; of each only the rows that fall to {@code rank} of {@code ranks} processes. */
    public BatchPlan sharedBy(int rank, int ranks) {
        return new BatchPlan(size, order, dropLast, flip, epochs, rank, ranks);
    }

    /** The rows of a batch of {@code pictures} that are taken. */
    public Share share(int pictures) {
        return Share.of(pictures, rank, ranks);
    }

    /** Batches an epoch of these pictures has. */
    public int batchesPerEpoch(SizeGroups pictures) {
        return pictures.batches(size, dropLast);
    }

    /** Pictures an epoch of these uses. */
    public int picturesPerEpoch(SizeGroups pictures) {
        return pictures.pictures(size, dropLast);
    }

    /** The pictures of {@code epoch} as its batches take them. */
    SizeGroups.Dealt dealt(SizeGroups pictures, int epoch) {
        return pictures.dealt(order.indices(pictures.count(), epoch), size, dropLast);
    }
}
