package io.inkstone.train;

import java.util.concurrent.locks.LockSupport;

/** Another source's batches, each kept back for a while. */
public final class SlowSource implements BatchSource {
    /** How long at least. */
    public static final double SECONDS = 0.02;

    private final BatchSource source;
    private final boolean beforehand;
    private double waited;
    private double waitedForBatches;

    /** @param beforehand whether it is {@code hasNext} that blocks, or {@code next} */
    public SlowSource(BatchSource source, boolean beforehand) {
        this.source = source;
        this.beforehand = beforehand;
    }

    /** Seconds that were waited for batches, not for the word that there are no more. */
    public double waitedForBatches() {
        return waitedForBatches;
    }

    private void block() {
        long start = System.nanoTime();
        double seconds = 0;
        while (seconds < SECONDS) {
            LockSupport.parkNanos((long) (1e9 * SECONDS));
            seconds = (System.nanoTime() - start) / 1e9;
        }
        waited += seconds;
    }

    @Override
    public Batches open(int epoch, int inEpoch) {
        Batches batches = source.open(epoch, inEpoch);
        return new Batches() {
            @Override
            public boolean hasNext() {
                if (beforehand) {
                    block();
                }
                return batches.hasNext();
            }

            @Override
            public Batch next() {
                if (!beforehand) {
                    block();
                }
                waitedForBatches = waited;
                return batches.next();
            }

            @Override
            public double secondsWaited() {
                return waited;
            }

            @Override
            public void close() {
                batches.close();
            }
        };
    }
}
