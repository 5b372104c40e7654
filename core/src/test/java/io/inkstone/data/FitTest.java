package io.inkstone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.image.Background;
import io.inkstone.image.Pixels;
import io.inkstone.image.Size;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Pictures of any shape become one shape, and what that costs is said. */
class FitTest {
    private static final OptionalInt NONE = OptionalInt.empty();

    /** 8 wide, 4 high: the left half red, the right half blue. */
    private static Pixels wide() {
        byte[] data = new byte[8 * 4 * 3];
        for (int i = 0; i < 32; i++) {
            data[3 * i + (i % 8 < 4 ? 0 : 2)] = (byte) 255;
        }
        return new Pixels(8, 4, 3, data);
    }

    private static Pixels fitted(Fit fit, int height, int width) {
        return new Transform(NONE, height, width, 3, new Framing(fit, new Background(0x00FF00))).apply(wide(), "wide");
    }

    private static String colours(Pixels pixels, int row) {
        StringBuilder line = new StringBuilder();
        for (int x = 0; x < pixels.width(); x++) {
            int[] levels = {pixels.at(x, row, 0), pixels.at(x, row, 1), pixels.at(x, row, 2)};
            int most = Arrays.stream(levels).max().orElseThrow();
            line.append(levels[0] == most ? 'r' : levels[1] == most ? 'g' : 'b');
        }
        return line.toString();
    }

    @Test
    void cropKeepsTheMiddle() {
        Pixels square = fitted(Fit.CROP, 4, 4);
        assertThat(square).isEqualTo(new Transform(NONE, 4, 3).apply(wide(), "wide"));
        assertThat(colours(square, 0)).isEqualTo("rrbb");
        Pixels tall = fitted(Fit.CROP, 4, 2);
        assertThat(new int[] {tall.width(), tall.height()}).containsExactly(2, 4);
        assertThat(colours(tall, 3)).isEqualTo("rb");
        assertThat(fitted(Fit.CROP, 4, 8)).isEqualTo(wide());
    }

    @Test
    void padKeepsAllOnThePlainColour() {
        Pixels square = fitted(Fit.PAD, 8, 8);
        assertThat(colours(square, 1)).isEqualTo("gggggggg");
        assertThat(colours(square, 2)).isEqualTo("rrrrbbbb");
        assertThat(colours(square, 5)).isEqualTo("rrrrbbbb");
        assertThat(colours(square, 6)).isEqualTo("gggggggg");
        assertThat(fitted(Fit.PAD, 1, 16).width()).isEqualTo(16);
        Pixels grey = new Transform(NONE, 8, 8, 1, new Framing(Fit.PAD, Background.WHITE)).apply(wide(), "wide");
        assertThat(grey.channels()).isEqualTo(1);
        assertThat(grey.at(0, 0, 0)).isEqualTo(255);
    }

    @Test
    void squeezeChangesTheShape() {
        Pixels square = fitted(Fit.SQUEEZE, 4, 4);
        assertThat(colours(square, 0)).isEqualTo("rrbb");
        assertThat(square.at(0, 0, 0)).isEqualTo(255);
        assertThat(Fit.SQUEEZE.lost(4, 8, 4, 4) + Fit.PAD.lost(4, 8, 4, 4)).isZero();
    }

    /** 178 × 218 to a square keeps 178² of 178 · 218: 18.3 % are lost. */
    @Test
    void theCropIsToldInShares() {
        assertThat(Fit.CROP.lost(218, 178, 64, 64)).isCloseTo(1 - 178 / 218.0, within(1e-12));
        assertThat(Fit.CROP.lost(218, 178, 218, 178)).isZero();
        CropLoss faces = new CropLoss(new Transform(NONE, 64, 3));
        faces.add(178, 218);
        assertThat(faces.words().orElseThrow())
                .startsWith("1 of 1 pictures are not square: the crop loses 18% of the area of each.")
                .contains("data.fit=pad");
        faces.add(100, 100);
        faces.add(400, 100);
        assertThat(faces.words().orElseThrow())
                .contains("2 of 3 pictures", "47% of their area on average, 75% of 400×100");
        CropLoss cropped = new CropLoss(new Transform(OptionalInt.of(168), 64, 3));
        cropped.add(178, 218);
        assertThat(cropped.words()).isEmpty();
        CropLoss tall = new CropLoss(new Transform(NONE, 96, 64, 3, Framing.USUAL));
        tall.add(64, 64);
        assertThat(tall.words().orElseThrow()).contains("of another shape than 64×96");
        CropLoss padded = new CropLoss(new Transform(NONE, 64, 3).framed(new Framing(Fit.PAD, Background.WHITE)));
        padded.add(178, 218);
        assertThat(padded.words()).isEmpty();
    }

    /** One picture that is transparent, 8 × 4. */
    private static final class Glass implements PictureSet {
        @Override
        public DataInfo info() {
            return DataInfo.of("glass", 1, Optional.empty(), 3);
        }

        @Override
        public Pixels pixels(int index) {
            return pixels(index, Background.WHITE);
        }

        @Override
        public Pixels pixels(int index, Background background) {
            return Pixels.filled(8, 4, background.colour());
        }

        @Override
        public Entry entry(int index) {
            return Entry.of("glass");
        }
    }

    @Test
    void theBackgroundReachesThePicturesThroughEveryView() {
        Framing red = new Framing(Fit.PAD, new Background(0xFF0000));
        PictureSet glass = new Glass();
        PictureSet twice = JoinedPictures.of(List.of(glass, new SelectedPictures(glass, new int[] {0})));
        PictureSet seen = new UncaptionedPictures(new SelectedPictures(twice, new int[] {1, 0}));
        for (long memory : new long[] {0, Preparation.MEMORY}) {
            PreparedSet set = new Preparation(new Transform(NONE, 5, 3).framed(red), Preparation.OnDamage.STOP, memory)
                    .prepare(seen);
            assertThat(set.pixels(0)).isEqualTo(Pixels.filled(5, 5, 0xFF0000));
            assertThat(set.pixels(1)).isEqualTo(Pixels.filled(5, 5, 0xFF0000));
            assertThat(set.notes()).isEmpty();
            PreparedSet cropped =
                    new Preparation(new Transform(NONE, 4, 3), Preparation.OnDamage.STOP, memory).prepare(seen);
            assertThat(cropped.notes()).hasSize(1).first().asString().contains("2 of 2 pictures", "50%");
            assertThat(new MixedSet(cropped, 1).notes()).isEqualTo(cropped.notes());
        }
    }

    @Test
    void squaresAreAskedForByTheirSide() {
        Transform oblong = new Transform(NONE, 4, 8, 3, Framing.USUAL);
        assertThat(new Transform(NONE, 4, 3).side()).isEqualTo(4);
        assertThatThrownBy(oblong::side).isInstanceOf(InputException.class).hasMessageContaining("8×4");
        assertThat(oblong.leaves(DataInfo.of("x", 1, Optional.of(new Size(4, 8)), 3)))
                .isTrue();
        assertThat(oblong.leaves(DataInfo.of("x", 1, Optional.of(new Size(8, 4)), 3)))
                .isFalse();
    }
}
