package io.inkstone.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** Adds up losses and times until a step or an epoch is done; only Java numbers, no tensor survives a batch. */
final class Meter {
    private static final int WINDOW = 50;

    private record Pace(long pictures, double seconds, double waited) {
        Pace plus(Pace other) {
            return new Pace(pictures + other.pictures, seconds + other.seconds, waited + other.waited);
        }
    }

    private final LossSums batch = new LossSums();
    private final LossSums step = new LossSums();
    private final LossSums epoch = new LossSums();
    private final Deque<Pace> recent = new ArrayDeque<>();
    private long began;
    private double waitedBefore;
    private MeanLosses lastEpoch = new MeanLosses(Double.NaN, Map.of());

    void loss(String phase, double value, Map<String, Tensor> parts, int size) {
        batch.add(phase, value, parts, size);
    }

    /**
     * Time counts from here.
     *
     * @param secondsWaited of the source, so far
     */
    void batchBegins(double secondsWaited) {
        began = System.nanoTime();
        waitedBefore = secondsWaited;
    }

    /** Seconds since the batch began. */
    double batchDone(int size, double secondsWaited) {
        double seconds = (System.nanoTime() - began) / 1e9;
        step.add(batch);
        epoch.add(batch);
        batch.clear();
        recent.add(new Pace(size, seconds, secondsWaited - waitedBefore));
        if (recent.size() > WINDOW) {
            recent.remove();
        }
        return seconds;
    }

    /** @param pictures in the epoch */
    void endEpoch(long pictures) {
        lastEpoch = epoch.means(pictures);
        epoch.clear();
    }

    LossState state() {
        return new LossState(step.byName(), epoch.byName(), lastEpoch.total());
    }

    void resume(LossState saved) {
        step.resume(saved.step());
        epoch.resume(saved.epoch());
        lastEpoch = new MeanLosses(saved.lastEpoch(), Map.of());
    }

    /**
     * Tells of the step that goes on.
     *
     * @param left batches to its end
     * @param size of the last batch
     */
    OpenStep open(Position position, int left, int size) {
        long toCome = (long) left * size;
        Pace pace = pace();
        return new OpenStep(
                position,
                position.openPictures(),
                position.openPictures() + toCome,
                step.total(),
                toCome * pace.seconds / pace.pictures);
    }

    /** Ends the step: means over its pictures, pace over the last batches. */
    StepReport report(Position position, long pictures, double rate) {
        MeanLosses means = step.means(pictures);
        step.clear();
        Pace pace = pace();
        return new StepReport(
                position,
                pictures,
                means.total(),
                means.byName(),
                rate,
                pace.pictures / pace.seconds,
                pace.waited / pace.seconds);
    }

    /** Tells of the epoch that has just ended. */
    EpochReport report(Position position, Optional<MeanLosses> heldOut) {
        Pace pace = pace();
        return new EpochReport(position, lastEpoch, heldOut, pace.pictures / pace.seconds, pace.waited / pace.seconds);
    }

    private Pace pace() {
        return recent.stream().reduce(new Pace(0, 0, 0), Pace::plus);
    }
}
