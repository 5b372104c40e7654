package io.inkstone.image;

/**
 * How a camera was held, by the numbers 1..8 of the Exif orientation tag: where row 0 and column 0 of the stored picture
 * belong when it is shown.
 */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    TURNED_180(false, true, true),
    FLIPPED(false, false, true),
    TRANSPOSED(true, false, false),
    TURNED_90(true, true, false),
    TRANSVERSED(true, true, true),
    TURNED_270(true, false, true);

    private final boolean transposed;
    private final boolean mirrored;
    private final boolean flipped;

    /** Shown(x, y) = stored, transposed first, then mirrored left-right, then flipped top-bottom. */
    Orientation(boolean transposed, boolean mirrored, boolean flipped) {
        this.transposed = transposed;
        this.mirrored = mirrored;
        this.flipped = flipped;
    }

    /** By its number; others than 1..8 are upright. */
    static Orientation of(int number) {
        return number >= 1 && number <= 8 ? values()[number - 1] : UPRIGHT;
    }

    /** The picture as it is to be shown. */
    Pixels apply(Pixels stored) {
        if (this == UPRIGHT) {
            return stored;
        }
        int width = transposed ? stored.height() : stored.width();
        int height = transposed ? stored.width() : stored.height();
        int channels = stored.channels();
        byte[] shown = new byte[stored.data().length];
        for (int y = 0, to = 0; y < height; y++) {
            int row = flipped ? height - 1 - y : y;
            for (int x = 0; x < width; x++, to += channels) {
                int column = mirrored ? width - 1 - x : x;
                int from = transposed ? column * stored.width() + row : row * stored.width() + column;
                System.arraycopy(stored.data(), from * channels, shown, to, channels);
            }
        }
        return new Pixels(width, height, channels, shown);
    }
}
