package io.inkstone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.image.Pixels;
import io.inkstone.image.Size;
import io.inkstone.image.Sizes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Pictures of many shapes, each brought to the nearest of some. */
class BucketedSetTest {
    private static final Buckets BUCKETS = Buckets.of(Size.square(16), 2, Sizes.multiplesOf(4));
    private static final Preparation PREPARATION =
            Preparation.of(new Transform(OptionalInt.empty(), 16, 3)).inBuckets(BUCKETS);

    /** Tall, square and wide ones by turns, each of one grey; number 2 is damaged if asked for. */
    private record Shapes(boolean damaged) implements PictureSet {
        private static final List<Size> SIZES = List.of(new Size(60, 40), new Size(32, 32), new Size(45, 100));

        @Override
        public DataInfo info() {
            return DataInfo.of("shapes", 9, Optional.empty(), 3);
        }

        @Override
        public Pixels pixels(int index) {
            if (damaged && index == 2) {
                throw new InputException("s2: the picture cannot be decoded");
            }
            Size size = SIZES.get(index % 3);
            return Pixels.filled(size.width(), size.height(), 0x010101 * (10 + index));
        }

        @Override
        public Entry entry(int index) {
            return Entry.of("s" + index);
        }
    }

    @Test
    void eachPictureKeepsAboutItsShape() {
        PreparedSet set = PREPARATION.prepare(new Shapes(false));
        assertThat(set.info().size()).isEmpty();
        assertThat(List.of(set.size(0), set.size(1), set.size(2)))
                .containsExactly(new Size(20, 12), new Size(16, 16), new Size(12, 20));
        Pixels wide = set.pixels(5);
        assertThat(List.of(wide.height(), wide.width())).containsExactly(12, 20);
        assertThat(wide.at(19, 11, 0)).isEqualTo(15);
        assertThat(set.pictureBytes()).isEqualTo(16 * 16 * 3);
        assertThat(set.notes())
                .singleElement()
                .asString()
                .startsWith("6 of 9 pictures are of other shapes than the buckets have");
    }

    /** What is shown and measured has one size, as without buckets. */
    @Test
    void allOfThemCanBeSeenInOneSize() {
        PreparedSet cut = Preparation.of(PREPARATION.transform()).prepare(new Shapes(false));
        PreparedSet set = PREPARATION.prepare(new Shapes(false)).ofOneSize();
        for (int i = 0; i < 9; i++) {
            assertThat(set.pixels(i)).isEqualTo(cut.pixels(i));
        }
    }

    @Test
    void setsTooLargeForMemoryAreTheSame() {
        PreparedSet kept = PREPARATION.skippingDamaged().prepare(new Shapes(true));
        PreparedSet streamed = PREPARATION.skippingDamaged().keeping(0).prepare(new Shapes(true));
        assertThat(streamed.count()).isEqualTo(kept.count()).isEqualTo(8);
        assertThat(kept.skipped()).isEqualTo(1);
        for (int i = 0; i < 8; i++) {
            assertThat(streamed.pixels(i)).isEqualTo(kept.pixels(i));
            assertThat(streamed.entry(i)).isEqualTo(kept.entry(i));
        }
    }

    @Test
    void damageIsNamed() {
        assertThatThrownBy(() -> PREPARATION.keeping(0).prepare(new Shapes(true)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("1 of 9")
                .hasMessageContaining("s2");
    }
}
