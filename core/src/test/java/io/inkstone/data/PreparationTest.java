package io.inkstone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.image.Pixels;
import io.inkstone.image.Size;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class PreparationTest {
    private static final OptionalInt NONE = OptionalInt.empty();

    /** Grey squares of growing side 4, 5, …; picture 2 is damaged. */
    private static final class Squares implements PictureSet {
        private final boolean damaged;

        Squares(boolean damaged) {
            this.damaged = damaged;
        }

        @Override
        public DataInfo info() {
            return DataInfo.of("squares", 5, Optional.empty(), 3);
        }

        @Override
        public Pixels pixels(int index) {
            if (damaged && index == 2) {
                throw new InputException("s2: the picture cannot be decoded");
            }
            return Pixels.filled(4 + index, 4 + index, 0x010203 * (index + 1));
        }

        @Override
        public Entry entry(int index) {
            return Entry.of("s" + index);
        }
    }

    @Test
    void everyPictureGetsTheSameShape() {
        Transform transform = new Transform(NONE, 6, 3);
        PreparedSet set = Preparation.of(transform).prepare(new Squares(false));
        assertThat(set.pictureBytes()).isEqualTo(6 * 6 * 3);
        assertThat(set.pixels(4).at(5, 5, 2)).isEqualTo(15);
        PreparedSet streamed = new Preparation(transform, Preparation.OnDamage.STOP, 0).prepare(new Squares(false));
        for (int i = 0; i < 5; i++) {
            assertThat(streamed.pixels(i)).isEqualTo(set.pixels(i));
        }
    }

    /** A run that was trained with a crop takes pictures that are cropped already. */
    @Test
    void theCropIsNotMadeTwice() {
        Transform transform = new Transform(OptionalInt.of(5), 6, 3);
        DataInfo info = new Squares(false).info();
        assertThat(transform.on(info)).isEqualTo(transform);
        assertThat(transform.on(info.withCropped())).isEqualTo(new Transform(NONE, 6, 3));
    }

    @Test
    void damagedAndSmallPicturesStopOrAreSkipped() {
        Transform transform = new Transform(OptionalInt.of(5), 5, 1);
        for (long memory : new long[] {Preparation.MEMORY, 0}) {
            Preparation skip = new Preparation(transform, Preparation.OnDamage.SKIP, memory);
            PreparedSet set = skip.prepare(new Squares(true));
            assertThat(set.count()).isEqualTo(3);
            assertThat(set.skipped()).isEqualTo(2);
            assertThat(set.entry(0).name()).isEqualTo("s1");
            assertThat(set.info().channels()).isEqualTo(1);
            assertThat(set.pixels(2).width()).isEqualTo(5);
        }
        assertThatThrownBy(() -> Preparation.of(transform).prepare(new Squares(true)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("2 of 5 pictures of squares cannot be used")
                .hasMessageContaining("s0 is 4×4, smaller than the crop of 5")
                .hasMessageContaining("s2: the picture cannot be decoded")
                .hasMessageContaining("or leave them out");
    }

    /** Sets that are too large to be kept are refused with the same list, when asked for. */
    @Test
    void aLookThroughALargeSetFindsAllDamage() {
        Transform transform = new Transform(OptionalInt.of(5), 5, 1);
        Preparation large = new Preparation(transform, Preparation.OnDamage.STOP, 0);
        assertThat(large.prepare(new Squares(true)).count()).isEqualTo(5);
        assertThat(large.leavesUnchecked(new Squares(true))).isTrue();
        assertThat(large.skippingDamaged().leavesUnchecked(new Squares(true))).isFalse();
        assertThat(Preparation.of(transform).leavesUnchecked(new Squares(true))).isFalse();
        assertThatThrownBy(() -> large.check(new Squares(true), done -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("2 of 5 pictures of squares cannot be used")
                .hasMessageContaining("s2: the picture cannot be decoded");
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        new Preparation(new Transform(NONE, 4, 1), Preparation.OnDamage.STOP, 0).check(new Squares(false), seen::add);
        assertThat(seen).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    }

    @Test
    void openValuesComeFromTheData() {
        DataInfo faces = DataInfo.of("faces", 9, Optional.of(new Size(218, 178)), 3);
        assertThat(Transform.fit(faces, NONE, NONE, NONE)).isEqualTo(new Transform(NONE, 178, 3));
        assertThat(Transform.fit(faces, OptionalInt.of(168), OptionalInt.of(64), OptionalInt.of(1)))
                .isEqualTo(new Transform(OptionalInt.of(168), 64, 1));
        assertThat(Transform.fit(faces.withCropped(), OptionalInt.of(168), OptionalInt.of(64), NONE))
                .isEqualTo(new Transform(NONE, 64, 3));
        DataInfo varied = DataInfo.of("mixed", 9, Optional.empty(), 3);
        assertThatThrownBy(() -> Transform.fit(varied, NONE, NONE, NONE)).hasMessageContaining("for example 64");
    }

    @Test
    void setsThatFitAlreadyAreUsedAsTheyAre() {
        DataInfo square = DataInfo.of("s", 1, Optional.of(new Size(2, 2)), 3);
        assertThat(new Transform(NONE, 2, 3).leaves(square)).isTrue();
        assertThat(new Transform(OptionalInt.of(2), 2, 3).leaves(square)).isTrue();
        assertThat(new Transform(OptionalInt.of(1), 2, 3).leaves(square)).isFalse();
        assertThat(new Transform(NONE, 2, 1).leaves(square)).isFalse();
    }
}
