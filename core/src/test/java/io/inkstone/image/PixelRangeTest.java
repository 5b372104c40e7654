package io.inkstone.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PixelRangeTest {
    private static final PictureShape ONE = new PictureShape(1, 3, 1, 2);

    @Test
    void valuesByHand() {
        assertThat(PixelRange.UNIT.toModel(51)).isEqualTo(0.2f);
        assertThat(PixelRange.SYMMETRIC.toModel(0)).isEqualTo(-1f);
        assertThat(PixelRange.SYMMETRIC.toModel(255)).isEqualTo(1f);
        assertThat(PixelRange.SYMMETRIC.toModel(51)).isEqualTo(-0.6f);
        assertThat(PixelRange.SYMMETRIC.fromModel(0f)).isEqualTo(128); // 127.5 rounds up
        assertThat(PixelRange.UNIT.fromModel(0.5f)).isEqualTo(128);
        assertThat(PixelRange.UNIT.fromModel(0.499f)).isEqualTo(127);
    }

    @Test
    void clampsBeforeRounding() {
        assertThat(PixelRange.UNIT.fromModel(1.004f)).isEqualTo(255);
        assertThat(PixelRange.UNIT.fromModel(-7f)).isZero();
        assertThat(PixelRange.SYMMETRIC.fromModel(3e38f)).isEqualTo(255);
    }

    @Test
    void whatIsNotFiniteIsBlackAndCounted() {
        float[] values = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1, 1, 1};
        assertThat(PixelRange.SYMMETRIC.fromModel(values, ONE)).containsExactly(0, 0, -1, 0, -1, -1);
        assertThat(PixelRange.countNonFinite(values)).isEqualTo(3);
    }

    @Test
    void channelsMoveFromLastToFirst() {
        byte[] hwc = {0, 51, 102, (byte) 153, (byte) 204, (byte) 255};
        assertThat(PixelRange.UNIT.toModel(hwc, ONE)).containsExactly(0f, 0.6f, 0.2f, 0.8f, 0.4f, 1f);
    }

    @ParameterizedTest
    @EnumSource
    void everyLevelComesBack(PixelRange range) {
        for (int level = 0; level < 256; level++) {
            assertThat(range.fromModel(range.toModel(level))).isEqualTo(level);
        }
    }

    @Test
    void picturesThereAndBack() {
        List<Pixels> pictures = List.of(Pixels.filled(3, 2, 0x102030), Pixels.filled(3, 2, 0xFFEEDD));
        float[] values = PixelRange.SYMMETRIC.toModel(pictures);
        PictureShape shape = PictureShape.of(2, 3, 2, 3);
        assertThat(PixelRange.SYMMETRIC.toPictures(values, shape)).isEqualTo(pictures);
    }

    @Test
    void refusesOtherShapes() {
        assertThatThrownBy(() -> PixelRange.UNIT.toModel(new byte[5], ONE)).hasMessageContaining("got 5");
        assertThatThrownBy(() -> PictureShape.of(1, 2, 4, 4)).hasMessageContaining("[1, 2, 4, 4]");
        assertThatThrownBy(() -> PictureShape.of(4, 4)).hasMessageContaining("[4, 4]");
        assertThatThrownBy(() -> new PictureShape(100_000, 3, 1000, 1000)).hasMessageContaining("fewer at a time");
    }

    @Property
    void everyFloatHasALevelInsideTheRange(@ForAll float value) {
        assertThat(PixelRange.SYMMETRIC.fromModel(value)).isBetween(0, 255);
    }
}
