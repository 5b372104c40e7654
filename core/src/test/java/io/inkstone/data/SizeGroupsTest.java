package io.inkstone.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.image.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Batches of a set whose pictures have several sizes. */
class SizeGroupsTest {
    private static final int COUNT = 103;
    private static final int BATCH = 10;

    /** Every third picture is wide, every other one of the rest tall. */
    private static final PreparedSet MIXED = new PreparedSet() {
        @Override
        public DataInfo info() {
            return DataInfo.of("mixed", COUNT, Optional.empty(), 1);
        }

        @Override
        public Size size(int index) {
            return index % 3 == 0 ? new Size(1, 4) : index % 2 == 0 ? new Size(4, 1) : new Size(2, 2);
        }

        @Override
        public int pictureBytes() {
            return 4;
        }

        @Override
        public void copy(int index, byte[] into, int offset) {
            Arrays.fill(into, offset, offset + 4, (byte) index);
        }

        @Override
        public Entry entry(int index) {
            return Entry.of("p" + index);
        }
    };

    private static final SizeGroups GROUPS = SizeGroups.of(MIXED);

    private static BatchPlan plan(boolean dropLast) {
        return BatchPlan.training(BATCH, 5).withDropLast(dropLast).withEpochs(2);
    }

    private static List<BatchCursor.Slice> slices(BatchPlan plan, Place from) {
        BatchCursor cursor = new BatchCursor(plan, GROUPS, from);
        List<BatchCursor.Slice> all = new ArrayList<>();
        while (cursor.hasNext()) {
            all.add(cursor.next());
        }
        return all;
    }

    @Test
    void everyPictureComesOnceAnEpochAmongItsLike() {
        List<BatchCursor.Slice> all = slices(plan(false), new Place(0, 0));
        // 35 wide, 34 tall and 34 square ones: four batches each, the fourth of what is left.
        assertThat(all).hasSize(2 * 12);
        assertThat(GROUPS.batches(BATCH, false)).isEqualTo(12);
        for (BatchCursor.Slice slice : all) {
            assertThat(Arrays.stream(slice.indices()).mapToObj(MIXED::size).distinct())
                    .hasSize(1);
        }
        assertThat(all.stream().limit(12).flatMapToInt(slice -> Arrays.stream(slice.indices())))
                .hasSize(COUNT)
                .doesNotHaveDuplicates();
        assertThat(all.get(11).endsEpoch()).isTrue();
        assertThat(all.get(0).indices()).isNotEqualTo(all.get(12).indices());
    }

    @Test
    void wholeBatchesOfAllSizesComeMixed() {
        List<Size> first = slices(plan(false), new Place(0, 0)).stream()
                .limit(9)
                .map(slice -> MIXED.size(slice.indices()[0]))
                .toList();
        assertThat(first.subList(0, 4).stream().distinct().count()).isGreaterThan(1);
    }

    @Test
    void smallerBatchesCanBeLeftOut() {
        assertThat(slices(plan(true), new Place(0, 0)))
                .hasSize(2 * 9)
                .allMatch(slice -> slice.indices().length == BATCH);
        assertThat(GROUPS.pictures(BATCH, true)).isEqualTo(90);
    }

    @Test
    void goesOnAfterAnyBatch() {
        List<BatchCursor.Slice> all = slices(plan(false), new Place(0, 0));
        for (int i = 0; i < all.size() - 1; i++) {
            List<BatchCursor.Slice> rest = slices(plan(false), all.get(i).next());
            assertThat(rest).hasSize(all.size() - i - 1);
            assertThat(rest.get(0).indices()).isEqualTo(all.get(i + 1).indices());
        }
    }

    /** A batch of a single picture matters to some networks: 35 = 2 · 17 + 1. */
    @Test
    void tellsWhetherABatchOfOneComes() {
        assertThat(GROUPS.meets(1, 17, false)).isTrue();
        assertThat(GROUPS.meets(1, 17, true)).isFalse();
        assertThat(GROUPS.meets(1, BATCH, false)).isFalse();
        assertThat(GROUPS.meets(1, 1, true)).isTrue();
    }

    @Test
    void theLoaderHandsOverEachSize() {
        try (BatchLoader loader = BatchLoader.start(MIXED, plan(false).withFlip(true), new Place(0, 0))) {
            List<BatchCursor.Slice> expected = slices(plan(false), new Place(0, 0));
            for (BatchCursor.Slice slice : expected) {
                PixelBatch batch = loader.next();
                assertThat(batch.size()).isEqualTo(MIXED.size(slice.indices()[0]));
                assertThat(batch.pixels().remaining()).isEqualTo(4 * batch.count());
                assertThat(batch.pixels().get(4 * (batch.count() - 1)))
                        .isEqualTo((byte) slice.indices()[batch.count() - 1]);
            }
        }
    }
}
