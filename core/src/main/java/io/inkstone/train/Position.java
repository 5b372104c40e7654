package io.inkstone.train;

/**
 * Where training stands, between two batches.
 *
 * @param step optimizer steps done
 * @param epoch the current epoch, from 0
 * @param inEpoch pictures of this epoch done
 * @param accumulated batches whose gradients wait for the next step
 * @param openPictures pictures in those batches
 * @param batches batches done since the start
 * @param pictures pictures seen since the start
 * @param seconds time spent training, over all sessions
 */
public record Position(
        long step,
        int epoch,
        int inEpoch,
        int accumulated,
        long openPictures,
        long batches,
        long pictures,
        double seconds) {
    public static final Position START = new Position(0, 0, 0, 0, 0, 0, 0, 0);

    /** @param accumulate batches that make a step */
    Position afterBatch(int size, int accumulate, boolean endsEpoch, double elapsed) {
        boolean steps = accumulated + 1 >= accumulate;
        return new Position(
                steps ? step + 1 : step,
                endsEpoch ? epoch + 1 : epoch,
                endsEpoch ? 0 : inEpoch + size,
                steps ? 0 : accumulated + 1,
                steps ? 0 : openPictures + size,
                batches + 1,
                pictures + size,
                seconds + elapsed);
    }
}
