package io.inkstone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.image.Size;
import io.inkstone.image.Sizes;
import org.junit.jupiter.api.Test;

class BucketsTest {
    /** By hand: 64 · 64 = 4,096 over widths of multiples of 8, sides no further apart than 2 : 1. */
    @Test
    void areTheShapesOfOneArea() {
        Buckets buckets = Buckets.of(Size.square(64), 2, Sizes.multiplesOf(8));
        assertThat(buckets.sizes())
                .containsExactly(
                        new Size(80, 48), new Size(72, 56), new Size(64, 64), new Size(56, 72), new Size(48, 80));
    }

    /** The shapes that tools for Stable Diffusion list for 512 pixels in steps of 64 up to 2 : 1. */
    @Test
    void ofLargePicturesAreThoseThatPeopleKnow() {
        assertThat(Buckets.of(Size.square(512), 2, Sizes.multiplesOf(64)).sizes())
                .containsExactly(
                        new Size(640, 384),
                        new Size(576, 448),
                        new Size(512, 512),
                        new Size(448, 576),
                        new Size(384, 640));
    }

    @Test
    void aPictureComesToTheShapeMostLikeIt() {
        Buckets buckets = Buckets.of(Size.square(64), 2, Sizes.multiplesOf(8));
        assertThat(buckets.nearest(new Size(218, 178))).isEqualTo(new Size(72, 56));
        assertThat(buckets.nearest(new Size(1000, 100))).isEqualTo(new Size(80, 48));
        assertThat(buckets.nearest(new Size(500, 501))).isEqualTo(new Size(64, 64));
    }

    /** A shape that is asked for stays, though another of its width would be as large. */
    @Test
    void theSizeItselfIsOneOfThem() {
        assertThat(Buckets.of(new Size(40, 80), 4, Sizes.multiplesOf(8)).sizes())
                .contains(new Size(40, 80));
    }

    @Test
    void thereAreSeveralOrNone() {
        assertThatThrownBy(() -> Buckets.of(Size.square(64), 2, Sizes.only(Size.square(64))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("data.bucketAspect=2")
                .hasMessageContaining("one size alone");
        assertThatThrownBy(() -> Buckets.of(Size.square(64), 1.5, Sizes.multiplesOf(64)))
                .hasMessageContaining("multiples of 64");
        assertThat(Buckets.of(Size.square(64), 1.5, Sizes.multiplesOf(8)).sizes())
                .hasSize(3);
    }
}
