package io.inkstone.evaluate;

import io.inkstone.image.PictureShape;
import io.inkstone.image.PixelRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How far a picture is from its reference. Values are taken to [0, 1] and clamped there, not rounded to levels.
 *
 * @param meanSquared of values in [0, 1]
 * @param psnr decibels; infinite for equal pictures
 * @param ssim at most 1
 */
public record PictureError(double meanSquared, double psnr, double ssim) {
    /**
     * One error per picture.
     *
     * @param pictures [N, C, H, W] in {@code range}
     * @param references likewise
     */
    public static List<PictureError> of(float[] pictures, float[] references, PictureShape shape, PixelRange range) {
        List<PictureError> errors = new ArrayList<>();
        int size = shape.perPicture();
        for (int n = 0; n < shape.count(); n++) {
            float[] picture = unit(Arrays.copyOfRange(pictures, n * size, (n + 1) * size), range);
            float[] reference = unit(Arrays.copyOfRange(references, n * size, (n + 1) * size), range);
            double squared = Psnr.meanSquaredError(picture, reference);
            errors.add(new PictureError(squared, Psnr.ofError(squared), Ssim.of(picture, reference, shape)));
        }
        return errors;
    }

    /** The means over pictures; that of PSNR is the mean of decibels, not the PSNR of the mean error. */
    public static PictureError mean(List<PictureError> errors) {
        return new PictureError(
                mean(errors, PictureError::meanSquared),
                mean(errors, PictureError::psnr),
                mean(errors, PictureError::ssim));
    }

    private static double mean(List<PictureError> errors, ToDoubleFunction<PictureError> part) {
        return errors.stream().mapToDouble(part).average().orElse(Double.NaN);
    }

    private static float[] unit(float[] values, PixelRange range) {
        float low = range.toModel(0);
        float span = range.toModel(255) - low;
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.min(Math.max((values[i] - low) / span, 0f), 1f);
        }
        return values;
    }
}
