package io.inkstone.tensor;

/**
 * Counts native objects for tests of leaks. Tests that ran before in the same process may have left objects to the garbage
 * collector, and their disappearance in the middle of a count is no news: they are collected first.
 */
public final class LiveObjects {
    private static final int TRIES = 50;

    /** Collections in a row that must find nothing: what one collection frees may keep others for the next. */
    private static final int QUIET = 4;

    private LiveObjects() {}

    /** Native objects that something still holds. */
    public static long held() {
        long last = -1;
        int quiet = 0;
        for (int i = 0; i < TRIES && quiet < QUIET; i++) {
            System.gc();
            try {
                Thread.sleep(20);
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
            long now = Scope.liveObjects();
            quiet = now == last ? quiet + 1 : 0;
            last = now;
        }
        return last;
    }
}
