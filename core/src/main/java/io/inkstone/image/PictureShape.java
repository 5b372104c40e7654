package io.inkstone.image;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.Arrays;

/**
 * The shape of a batch of pictures, in the order of model arrays: [N, C, H, W].
 *
 * @param count pictures, N, at least 0
 * @param channels 1 or 3
 * @param height rows
 * @param width columns
 */
public record PictureShape(int count, int channels, int height, int width) {
    public PictureShape {
        boolean drawable = count >= 0 && (channels == 1 || channels == 3) && height >= 1 && width >= 1;
        if (!drawable) {
            throw new InputException(Words.of(
                    "Pictures have the shape [N, 1 or 3, H, W], got [%d, %d, %d, %d].",
                    count, channels, height, width));
        }
        if ((double) count * channels * height * width > Integer.MAX_VALUE - 8) {
            throw new InputException(Words.of(
                    "Pictures [%d, %d, %d, %d] do not fit into one array. Convert fewer at a time.",
                    count, channels, height, width));
        }
    }

    /** From the sizes of an array or tensor; [C, H, W] means one picture. */
    public static PictureShape of(long... sizes) {
        if (sizes.length == 3) {
            return of(1, sizes[0], sizes[1], sizes[2]);
        }
        boolean small = Arrays.stream(sizes).allMatch(size -> size >= 0 && size <= Integer.MAX_VALUE);
        if (sizes.length != 4 || !small) {
            throw new InputException("Pictures have the shape [N, 1 or 3, H, W], got " + Arrays.toString(sizes) + ".");
        }
        return new PictureShape((int) sizes[0], (int) sizes[1], (int) sizes[2], (int) sizes[3]);
    }

    /** Values in one picture. */
    public int perPicture() {
        return channels * height * width;
    }

    /** Values in all pictures. */
    public int size() {
        return count * perPicture();
    }
}
