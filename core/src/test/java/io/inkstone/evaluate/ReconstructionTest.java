package io.inkstone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.image.PictureShape;
import io.inkstone.image.PixelRange;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReconstructionTest {
    private static final PictureShape GREY = new PictureShape(1, 1, 16, 20);
    private static final PictureShape COLOUR = new PictureShape(1, 3, 16, 20);

    /** An error of a tenth everywhere is a mean square of a hundredth: 20 dB. */
    @Test
    void psnrByHand() {
        assertThat(Psnr.of(filled(0.5f), filled(0.6f))).isCloseTo(20, within(1e-5));
        assertThat(Psnr.of(filled(0), filled(1))).isZero();
        assertThat(Psnr.of(filled(0.5f), filled(0.5f))).isInfinite();
        assertThatThrownBy(() -> Psnr.of(new float[3], new float[4])).hasMessageContaining("3 and 4");
    }

    /** Flat pictures have no structure: (2·¼·½ + C₁)/(¼² + ½² + C₁) of the means is all that is left. */
    @Test
    void ssimByHand() {
        double expected = (2 * 0.25 * 0.5 + 1e-4) / (0.25 * 0.25 + 0.5 * 0.5 + 1e-4);
        assertThat(Ssim.of(filled(0.25f), filled(0.5f), GREY)).isCloseTo(expected, within(1e-9));
        assertThat(Ssim.of(waves(), waves(), GREY)).isCloseTo(1, within(1e-12));
    }

    /** Numbers of scikit-image 0.26 (gaussian_weights, sigma 1.5, no sample covariance, data range 1) for the same formulas. */
    @Test
    void agreesWithTheReference() {
        assertThat(Ssim.of(waves(), disturbed(), GREY)).isCloseTo(0.7592505351, within(1e-6));
        assertThat(Psnr.of(waves(), disturbed())).isCloseTo(13.2091070213, within(1e-5));
        assertThat(Ssim.of(waves(), faded(), GREY)).isCloseTo(0.9757274497, within(1e-6));
        assertThat(Psnr.of(waves(), faded())).isCloseTo(24.5252368947, within(1e-5));
        assertThat(Ssim.of(joined(waves(), disturbed(), faded()), joined(faded(), waves(), disturbed()), COLOUR))
                .isCloseTo(0.8261821253, within(1e-6));
    }

    @Test
    void measuresPicturesInTheModelsRange() {
        float[] pictures = joined(filled(0), filled(-3));
        float[] references = joined(filled(0.2f), filled(-1));
        List<PictureError> errors =
                PictureError.of(pictures, references, new PictureShape(2, 1, 16, 20), PixelRange.SYMMETRIC);
        assertThat(errors.get(0).psnr()).isCloseTo(20, within(1e-4));
        assertThat(errors.get(1)).isEqualTo(new PictureError(0, Double.POSITIVE_INFINITY, 1));
        assertThat(PictureError.mean(errors).meanSquared()).isCloseTo(0.005, within(1e-7));
    }

    @Test
    void refusesPicturesSmallerThanTheWindow() {
        assertThatThrownBy(() -> Ssim.of(new float[80], new float[80], new PictureShape(1, 1, 8, 10)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("11×11, got 10×8");
    }

    /** −1 and 3 lie 2 from their mean 1. */
    @Test
    void latentScaleByHand() {
        LatentScale scale = new LatentScale();
        scale.add(new float[] {-1, 3});
        scale.add(new float[] {-1, 3});
        assertThat(scale.value()).isEqualTo(0.5);
        assertThat(scale.count()).isEqualTo(4);
        LatentScale constant = new LatentScale();
        constant.add(new float[] {3, 3, 3});
        assertThat(constant.known()).isEmpty();
        assertThatThrownBy(() -> new LatentScale().value()).hasMessageContaining("0 values");
    }

    private static float[] filled(float value) {
        float[] picture = new float[GREY.perPicture()];
        Arrays.fill(picture, value);
        return picture;
    }

    private static float[] waves() {
        float[] picture = new float[GREY.perPicture()];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (7 * (i % 20) + 3 * (i / 20)) % 32 / 31f;
        }
        return picture;
    }

    private static float[] disturbed() {
        float[] picture = new float[GREY.perPicture()];
        for (int i = 0; i < picture.length; i++) {
            int x = i % 20;
            int y = i / 20;
            picture[i] = (7 * x + 3 * y + x * y % 5) % 32 / 31f;
        }
        return picture;
    }

    private static float[] faded() {
        float[] picture = waves();
        for (int i = 0; i < picture.length; i++) {
            picture[i] = 0.8f * picture[i] + 0.1f;
        }
        return picture;
    }

    private static float[] joined(float[]... pictures) {
        float[] all = new float[pictures.length * GREY.perPicture()];
        for (int i = 0; i < pictures.length; i++) {
            System.arraycopy(pictures[i], 0, all, i * GREY.perPicture(), GREY.perPicture());
        }
        return all;
    }
}
