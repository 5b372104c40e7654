package io.inkstone.evaluate;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.image.PictureShape;
import java.util.Arrays;

/**
 * Structural similarity over scales (Wang, Simoncelli and Bovik 2003, eq. 7): the product over scales of contrast and
 * structure, and at the coarsest of luminance too, each to the power of its weight; a scale is the mean of 2×2 of the finer
 * one. Five scales need sides of 176 or more. Smaller pictures are measured on as many scales as hold a window, with the
 * weights divided by their sum: figures of different numbers of scales do not compare. The mean over channels.
 */
public final class MultiScaleSsim {
    private static final double[] WEIGHTS = {0.0448, 0.2856, 0.3001, 0.2363, 0.1333};

    private MultiScaleSsim() {}

    /** Scales for pictures of these sides, at most 5; 0 if not even one window fits. */
    public static int scales(int height, int width) {
        int scales = 0;
        for (int side = Math.min(height, width); side >= Ssim.WINDOW && scales < WEIGHTS.length; side /= 2) {
            scales++;
        }
        return scales;
    }

    /** Of two pictures [C, H, W] with values in [0, 1]; at most 1. */
    public static double of(float[] picture, float[] reference, PictureShape shape) {
        return of(picture, reference, shape, scales(shape.height(), shape.width()));
    }

    static double of(float[] picture, float[] reference, PictureShape shape, int scales) {
        if (scales < 1) {
            throw new InputException(Words.of(
                    "MS-SSIM needs pictures of at least %d×%d, got %d×%d.",
                    Ssim.WINDOW, Ssim.WINDOW, shape.width(), shape.height()));
        }
        int plane = shape.height() * shape.width();
        double sum = 0;
        for (int channel = 0; channel < shape.channels(); channel++) {
            sum += channel(
                    Ssim.plane(picture, channel, plane),
                    Ssim.plane(reference, channel, plane),
                    shape.height(),
                    shape.width(),
                    scales);
        }
        return sum / shape.channels();
    }

    private static double channel(double[] picture, double[] reference, int height, int width, int scales) {
        // The five published weights sum to 1.0001 and are used as they are.
        double total = scales == WEIGHTS.length
                ? 1
                : Arrays.stream(WEIGHTS).limit(scales).sum();
        double product = 1;
        double[] x = picture;
        double[] y = reference;
        int rows = height;
        int columns = width;
        for (int scale = 0; scale < scales; scale++) {
            Ssim.Means means = Ssim.means(x, y, rows, columns);
            double value = scale == scales - 1 ? means.similarity() : means.structure();
            // Opposite structure is no similarity; a root of a negative number would be none at all.
            product *= Math.pow(Math.max(0, value), WEIGHTS[scale] / total);
            x = halved(x, rows, columns);
            y = halved(y, rows, columns);
            rows /= 2;
            columns /= 2;
        }
        return product;
    }

    private static double[] halved(double[] plane, int height, int width) {
        int columns = width / 2;
        double[] half = new double[height / 2 * columns];
        for (int i = 0; i < half.length; i++) {
            int from = 2 * (i / columns) * width + 2 * (i % columns);
            half[i] = (plane[from] + plane[from + 1] + plane[from + width] + plane[from + width + 1]) / 4;
        }
        return half;
    }
}
