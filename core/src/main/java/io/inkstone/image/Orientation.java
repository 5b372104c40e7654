package io.inkstone.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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

    private static final int ORIENTATION_TAG = 0x0112;
    private static final int SHORT = 3;

    private final boolean transposed;
    private final boolean mirrored;
    private final boolean flipped;

    /** Shown(x, y) = stored, transposed first, then mirrored left-right, then flipped top-bottom. */
    Orientation(boolean transposed, boolean mirrored, boolean flipped) {
        this.transposed = transposed;
        this.mirrored = mirrored;
        this.flipped = flipped;
    }

    /** From an Exif block (a TIFF header and its first directory); anything that is not understood is upright. */
    static Orientation ofExif(byte[] tiff) {
        try {
            int number = tag(ByteBuffer.wrap(tiff));
            return number >= 1 && number <= 8 ? values()[number - 1] : UPRIGHT;
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            return UPRIGHT;
        }
    }

    private static int tag(ByteBuffer tiff) {
        short order = tiff.getShort();
        if (order != 0x4949 && order != 0x4D4D) {
            return 1;
        }
        tiff.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = tiff.getShort(directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION_TAG && tiff.getShort(entry + 2) == SHORT) {
                return tiff.getShort(entry + 8) & 0xFFFF;
            }
        }
        return 1;
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
