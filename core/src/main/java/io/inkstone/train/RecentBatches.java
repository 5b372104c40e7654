package io.inkstone.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The times of the last batches. */
final class RecentBatches {
    private static final int MOST = 50;

    private final Deque<Timed> recent = new ArrayDeque<>();

    /**
     * When a batch began.
     *
     * @param nanos of the clock
     * @param waited seconds that its source had been waited for until then
     */
    record Start(long nanos, double waited) {
        static Start now(BatchSource.Batches batches) {
            return new Start(System.nanoTime(), batches.secondsWaited());
        }

        Timed until(Start end, int pictures) {
            return new Timed(pictures, (end.nanos - nanos) / 1e9, end.waited - waited);
        }
    }

    /**
     * One batch, or several.
     *
     * @param pictures in it
     * @param seconds that it took
     * @param waited part of those that the source was waited for
     */
    record Timed(long pictures, double seconds, double waited) {
        private Timed plus(Timed other) {
            return new Timed(pictures + other.pictures, seconds + other.seconds, waited + other.waited);
        }

        private Pace pace() {
            return new Pace(pictures / seconds, waited / seconds);
        }
    }

    void add(Timed batch) {
        recent.add(batch);
        if (recent.size() > MOST) {
            recent.remove();
        }
    }

    /** None before the first batch. */
    Optional<Pace> pace() {
        return recent.stream().reduce(Timed::plus).map(Timed::pace);
    }
}
