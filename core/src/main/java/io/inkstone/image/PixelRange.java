package io.inkstone.image;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How 8-bit values lie in a model's range; the one place that converts between them. Both directions are exact inverses:
 * every byte comes back. On the way out a value is clamped to the range and rounded to the nearest level, once; a value
 * that is not finite becomes 0 (black), and {@link #countNonFinite} says how many there were.
 */
public enum PixelRange {
    /** [0, 1]: v = byte / 255. */
    UNIT(1, 0),
    /** [−1, 1]: v = 2 · byte / 255 − 1. */
    SYMMETRIC(2, -1);

    private final float scale;
    private final float low;
    private final float[] table = new float[256];

    PixelRange(float scale, float low) {
        this.scale = scale;
        this.low = low;
        for (int level = 0; level < 256; level++) {
            table[level] = (float) (level / 255.0 * scale + low);
        }
    }

    /** The model value of a level 0..255. */
    public float toModel(int level) {
        return table[level];
    }

    /** The level 0..255 of a model value: clamped, rounded half up; not finite gives 0. */
    public int fromModel(float value) {
        if (!(Math.abs(value) <= Float.MAX_VALUE)) {
            return 0;
        }
        float unit = (value - low) / scale;
        return (int) (Math.min(Math.max(unit, 0f), 1f) * 255f + 0.5f);
    }

    /** Bytes [N, H, W, C] to model values [N, C, H, W]. */
    public float[] toModel(byte[] hwc, PictureShape shape) {
        float[] nchw = new float[shape.size()];
        toModel(hwc, shape, nchw);
        return nchw;
    }

    /** As {@link #toModel(byte[], PictureShape)}, into the start of an array that is at least as long. */
    public void toModel(byte[] hwc, PictureShape shape, float[] nchw) {
        checkLength("bytes [N, H, W, C]", hwc.length, shape);
        int channels = shape.channels();
        int plane = shape.height() * shape.width();
        for (int n = 0; n < shape.count(); n++) {
            int start = n * shape.perPicture();
            for (int c = 0; c < channels; c++) {
                int to = start + c * plane;
                for (int i = 0, from = start + c; i < plane; i++, from += channels) {
                    nchw[to + i] = table[hwc[from] & 255];
                }
            }
        }
    }

    /** Pictures of one size and kind to model values [N, C, H, W]. */
    public float[] toModel(List<Pixels> pictures) {
        if (pictures.isEmpty()) {
            return new float[0];
        }
        Pixels first = pictures.get(0);
        PictureShape shape = new PictureShape(pictures.size(), first.channels(), first.height(), first.width());
        byte[] hwc = new byte[shape.size()];
        int at = 0;
        for (Pixels picture : pictures) {
            boolean alike = picture.width() == first.width()
                    && picture.height() == first.height()
                    && picture.channels() == first.channels();
            if (!alike) {
                throw new InputException(Words.of(
                        "Pictures of one batch have one size: the first is %s, another %s. Resize them first.",
                        first, picture));
            }
            System.arraycopy(picture.data(), 0, hwc, at, picture.data().length);
            at += picture.data().length;
        }
        return toModel(hwc, shape);
    }

    /** Model values [N, C, H, W] to bytes [N, H, W, C]. */
    public byte[] fromModel(float[] nchw, PictureShape shape) {
        checkLength("values [N, C, H, W]", nchw.length, shape);
        byte[] hwc = new byte[shape.size()];
        int channels = shape.channels();
        int plane = shape.height() * shape.width();
        for (int n = 0; n < shape.count(); n++) {
            int start = n * shape.perPicture();
            for (int c = 0; c < channels; c++) {
                int from = start + c * plane;
                for (int i = 0, to = start + c; i < plane; i++, to += channels) {
                    hwc[to] = (byte) fromModel(nchw[from + i]);
                }
            }
        }
        return hwc;
    }

    /** Model values [N, C, H, W] to N pictures. */
    public List<Pixels> toPictures(float[] nchw, PictureShape shape) {
        byte[] hwc = fromModel(nchw, shape);
        int size = shape.perPicture();
        List<Pixels> pictures = new ArrayList<>(shape.count());
        for (int n = 0; n < shape.count(); n++) {
            byte[] one = Arrays.copyOfRange(hwc, n * size, (n + 1) * size);
            pictures.add(new Pixels(shape.width(), shape.height(), shape.channels(), one));
        }
        return pictures;
    }

    /** How many values are NaN or infinite; those are drawn black. */
    public static long countNonFinite(float[] values) {
        long count = 0;
        for (float value : values) {
            if (!Float.isFinite(value)) {
                count++;
            }
        }
        return count;
    }

    private static void checkLength(String what, int length, PictureShape shape) {
        if (length != shape.size()) {
            throw new InputException(Words.of("%d %s expected for %s, got %d.", shape.size(), what, shape, length));
        }
    }
}
