package io.inkstone.train;

/**
 * Where training stands, between two batches.
 *
 * @param step optimizer steps done
 * @param epoch the current epoch, from 0
 * @param batch batches of this epoch done
 * @param accumulated batches whose gradients wait for the next step
 * @param batches batches done since the start
 * @param pictures pictures seen since the start
 * @param seconds time spent training, over all sessions
 */
public record Position(
        long step, int epoch, int batch, int accumulated, long batches, long pictures, double seconds) {
    public static final Position START = new Position(0, 0, 0, 0, 0, 0, 0);

    Position afterBatch(int size, boolean stepped, double elapsed) {
        return new Position(
                stepped ? step + 1 : step,
                epoch,
                batch + 1,
                stepped ? 0 : accumulated + 1,
                batches + 1,
                pictures + size,
                seconds + elapsed);
    }

    Position nextEpoch() {
        return new Position(step, epoch + 1, 0, accumulated, batches, pictures, seconds);
    }
}
