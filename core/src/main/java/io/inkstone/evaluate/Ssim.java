package io.inkstone.evaluate;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.image.PictureShape;

/**
 * Structural similarity (Wang et al. 2004, eq. 13): 11×11 Gaussian windows of deviation 1.5 that lie inside the picture,
 * K₁ 0.01, K₂ 0.03, values in [0, 1]; the mean over windows and channels. 1 for equal pictures.
 */
public final class Ssim {
    static final int WINDOW = 11;
    private static final double SIGMA = 1.5;
    private static final double C1 = 0.01 * 0.01;
    private static final double C2 = 0.03 * 0.03;
    private static final double[] WEIGHTS = gaussian();

    private final int height;
    private final int width;

    private Ssim(int height, int width) {
        this.height = height;
        this.width = width;
    }

    /**
     * Of two pictures [C, H, W] with values in [0, 1].
     *
     * @param shape of one picture; both sides 11 or more
     */
    public static double of(float[] picture, float[] reference, PictureShape shape) {
        if (shape.height() < WINDOW || shape.width() < WINDOW) {
            throw new InputException(Words.of(
                    "SSIM needs pictures of at least %d×%d, got %d×%d.",
                    WINDOW, WINDOW, shape.width(), shape.height()));
        }
        if (picture.length != shape.perPicture() || reference.length != shape.perPicture()) {
            throw new IllegalArgumentException(Words.of(
                    "Pictures of %d values are compared, got %d and %d.",
                    shape.perPicture(), picture.length, reference.length));
        }
        int plane = shape.height() * shape.width();
        double sum = 0;
        for (int channel = 0; channel < shape.channels(); channel++) {
            double[] x = plane(picture, channel, plane);
            double[] y = plane(reference, channel, plane);
            sum += means(x, y, shape.height(), shape.width()).similarity();
        }
        return sum / shape.channels();
    }

    /**
     * Means over the windows of one channel.
     *
     * @param similarity of luminance, contrast and structure together
     * @param structure contrast and structure alone
     */
    record Means(double similarity, double structure) {}

    /** Of two planes [height, width]. */
    static Means means(double[] x, double[] y, int height, int width) {
        return new Ssim(height, width).channel(x, y);
    }

    static double[] plane(float[] picture, int channel, int size) {
        double[] plane = new double[size];
        for (int i = 0; i < size; i++) {
            plane[i] = picture[channel * size + i];
        }
        return plane;
    }

    private Means channel(double[] x, double[] y) {
        double[] meanX = blurred(x);
        double[] meanY = blurred(y);
        double[] squareX = blurred(product(x, x));
        double[] squareY = blurred(product(y, y));
        double[] cross = blurred(product(x, y));
        double similarity = 0;
        double structure = 0;
        for (int i = 0; i < meanX.length; i++) {
            double means = meanX[i] * meanY[i];
            double meanSquares = meanX[i] * meanX[i] + meanY[i] * meanY[i];
            double variances = squareX[i] + squareY[i] - meanSquares;
            double covariance = cross[i] - means;
            double ofStructure = (2 * covariance + C2) / (variances + C2);
            structure += ofStructure;
            similarity += ofStructure * (2 * means + C1) / (meanSquares + C1);
        }
        return new Means(similarity / meanX.length, structure / meanX.length);
    }

    private static double[] product(double[] x, double[] y) {
        double[] product = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            product[i] = x[i] * y[i];
        }
        return product;
    }

    /** Weighted means of the windows that lie inside: (H−10)·(W−10) values; rows first, then columns. */
    private double[] blurred(double[] plane) {
        int columns = width - WINDOW + 1;
        int rows = height - WINDOW + 1;
        double[] across = new double[height * columns];
        for (int i = 0; i < across.length; i++) {
            across[i] = weighted(plane, i / columns * width + i % columns, 1);
        }
        double[] both = new double[rows * columns];
        for (int i = 0; i < both.length; i++) {
            both[i] = weighted(across, i, columns);
        }
        return both;
    }

    private static double weighted(double[] values, int from, int stride) {
        double sum = 0;
        for (int k = 0; k < WINDOW; k++) {
            sum += WEIGHTS[k] * values[from + k * stride];
        }
        return sum;
    }

    private static double[] gaussian() {
        double[] weights = new double[WINDOW];
        double sum = 0;
        for (int k = 0; k < WINDOW; k++) {
            double distance = k - WINDOW / 2;
            weights[k] = Math.exp(-distance * distance / (2 * SIGMA * SIGMA));
            sum += weights[k];
        }
        for (int k = 0; k < WINDOW; k++) {
            weights[k] /= sum;
        }
        return weights;
    }
}
