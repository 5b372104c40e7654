package io.inkstone.models.diffusion;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.NoisePath;

/**
 * How near the two levels lie that consistency tuning compares, batch by batch (Geng et al. 2024, "Consistency Models Made Easy",
 * section 3.2 and eq. 13). The less noisy one has r = ρ·t of the noise of the noisier one,
 *
 * <pre>ρ = max(0, 1 − n(t)/q^a),   a = 1 + ⌊batch/batchesPerStage⌋,   n(t) = 1 + k/(1 + e^{b·t})</pre>
 *
 * so that tuning begins at ρ near 0, which is diffusion's own loss, and halves the gap with every stage.
 *
 * <p>Their t is the noise per signal, σ/α, on any path: with y = x/α every path is y = clean + (σ/α)·noise, and the way that is
 * to be cut short is the same. Levels are found on the model's own path by {@link NoisePath#timeOf}.
 *
 * @param base q, above 1; 2 halves the gap a stage
 * @param batchesPerStage batches of pictures until the gap is divided by q again
 * @param stages the last one, which holds on
 * @param huber c of the loss √(‖Δ‖² + c²) − c (Song and Dhariwal 2024, eq. 7), for the whole picture; the larger, the nearer to
 *     squared errors
 */
public record ConsistencySchedule(double base, long batchesPerStage, int stages, double huber) {
    /** k and b of n(t): levels with little noise begin with r = 0. */
    private static final double MORE_WHERE_CLEAN = 8;

    private static final double FADES = 1;

    /** Noise per signal beyond which nothing more is lost: the end of the path of Karras et al. 2022. */
    private static final double MOST_RATIO = 80;

    /** A picture with less noise than this is the clean one, to the precision of float32 training. */
    private static final double LEAST_RATIO = 1e-4;

    public ConsistencySchedule {
        if (!(base > 1 && Double.isFinite(base)) || batchesPerStage < 1 || stages < 1 || !(huber > 0)) {
            throw new InputException(Words.of(
                    "Consistency tuning needs base > 1, batchesPerStage ≥ 1, stages ≥ 1 and huber > 0, got %s, %d, %d and %s.",
                    base, batchesPerStage, stages, huber));
        }
    }

    /**
     * Halving in eight stages, the last gap being 1/256.
     *
     * @param values of a picture, C·H·W: c is 0.00054·√values (Song and Dhariwal 2024, section 3.3)
     */
    public static ConsistencySchedule usual(long batchesPerStage, long values) {
        return new ConsistencySchedule(2, batchesPerStage, 8, 0.00054 * Math.sqrt(values));
    }

    /** a: from 1 to {@link #stages}; held-out pictures, whose numbers lie below 0, are compared at the last one's gap. */
    int stage(long batch) {
        return batch < 0 ? stages : (int) Math.min(stages, 1 + batch / batchesPerStage);
    }

    /** ρ. */
    double kept(double ratio, long batch) {
        double near = 1 + MORE_WHERE_CLEAN / (1 + Math.exp(FADES * ratio));
        return Math.max(0, 1 - near / Math.pow(base, stage(batch)));
    }

    /**
     * The level to compare {@code level} with: at the end of paths that end in pure noise, where t has no number, its time is
     * multiplied by ρ instead.
     */
    Level nearer(NoisePath path, Level level, long batch) {
        double kept = kept(level.ratio(), batch);
        if (level.alpha() == 0) {
            return path.at(Math.max(path.timeOf(LEAST_RATIO), kept * level.time()));
        }
        double ratio = Math.max(Math.min(LEAST_RATIO, level.ratio() / 2), kept * level.ratio());
        return path.at(path.timeOf(ratio));
    }

    /** 1/(t − r), the weight of eq. 9, with t held to where pictures end. */
    double weight(Level level, long batch) {
        double ratio = Math.min(MOST_RATIO, level.ratio());
        return 1 / (ratio * (1 - kept(level.ratio(), batch)));
    }
}
