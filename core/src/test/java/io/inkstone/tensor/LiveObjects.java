package io.inkstone.tensor;

/**
 * Counts native objects for tests of leaks. Tests that ran before in the same process may have left objects to the garbage
 * collector, and their disappearance in the middle of a count is no news: they are collected first.
 */
public final class LiveObjects {
    private static final int TRIES = 50;

    private LiveObjects() {}

    /** Native objects that something still holds. */
    public static long held() {
        long last = -1;
        for (int i = 0; i < TRIES; i++) {
            System.gc();
            try {
                Thread.sleep(20);
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
            long now = Scope.liveObjects();
            if (now == last) {
                return now;
            }
            last = now;
        }
        return last;
    }
}
