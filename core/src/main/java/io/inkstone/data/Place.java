package io.inkstone.data;

/**
 * A place in the way through the data, as a checkpoint stores it.
 *
 * @param epoch epochs finished before, from 0
 * @param position pictures of this epoch already used
 */
public record Place(int epoch, int position) {
    public static final Place START = new Place(0, 0);

    public Place {
        if (epoch < 0 || position < 0) {
            throw new IllegalArgumentException("A place has no negative parts, got " + epoch + ", " + position);
        }
    }
}
