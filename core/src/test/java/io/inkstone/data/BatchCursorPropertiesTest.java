package io.inkstone.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.image.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The way through the data: every picture once an epoch, from any place on, whoever shares it. */
class BatchCursorPropertiesTest {
    private static final int EPOCHS = 3;

    private static List<BatchCursor.Slice> all(BatchPlan plan, int count, Place from) {
        List<BatchCursor.Slice> slices = new ArrayList<>();
        BatchCursor cursor = new BatchCursor(plan, SizeGroups.one(count), from);
        while (cursor.hasNext()) {
            slices.add(cursor.next());
        }
        return slices;
    }

    private static int[] indices(List<BatchCursor.Slice> slices) {
        return slices.stream()
                .flatMapToInt(slice -> Arrays.stream(slice.indices()))
                .toArray();
    }

    private static BatchPlan plan(int size, boolean drop, long seed) {
        return new BatchPlan(size, Order.shuffled(seed), drop, false, EPOCHS);
    }

    @Property(tries = 300)
    void anEpochHasEveryPictureOnce(
            @ForAll @IntRange(min = 1, max = 60) int count,
            @ForAll @IntRange(min = 1, max = 70) int size,
            @ForAll boolean drop,
            @ForAll long seed) {
        BatchPlan plan = plan(size, drop && size <= count, seed);
        List<BatchCursor.Slice> slices = all(plan, count, Place.START);
        assertThat(slices).hasSize(EPOCHS * plan.batchesPerEpoch(SizeGroups.one(count)));
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            int number = epoch;
            List<BatchCursor.Slice> own = slices.stream()
                    .filter(slice -> slice.place().epoch() == number)
                    .toList();
            int[] seen = indices(own);
            assertThat(seen).hasSize(plan.picturesPerEpoch(SizeGroups.one(count)));
            assertThat(new TreeSet<>(IntStream.of(seen).boxed().toList())).hasSameSizeAs(seen);
            assertThat(IntStream.of(seen)).allMatch(index -> index >= 0 && index < count);
            assertThat(own).filteredOn(BatchCursor.Slice::endsEpoch).containsExactly(own.get(own.size() - 1));
        }
    }

    @Property(tries = 300)
    void goingOnFromAnyPlaceIsTheRest(
            @ForAll @IntRange(min = 1, max = 60) int count,
            @ForAll @IntRange(min = 1, max = 20) int size,
            @ForAll @IntRange(min = 0, max = 1000) int stop,
            @ForAll long seed) {
        List<BatchCursor.Slice> whole = all(plan(size, false, seed), count, Place.START);
        int at = stop % whole.size();
        List<BatchCursor.Slice> rest =
                all(plan(size, false, seed), count, whole.get(at).next());
        assertThat(indices(rest)).isEqualTo(indices(whole.subList(at + 1, whole.size())));
    }

    /** Rows of several processes, side by side in the order of their ranks, are those of one. */
    @Property(tries = 200)
    void processesShareEveryBatch(
            @ForAll @IntRange(min = 4, max = 60) int count,
            @ForAll @IntRange(min = 4, max = 20) int size,
            @ForAll @IntRange(min = 1, max = 4) int ranks,
            @ForAll long seed) {
        BatchPlan plan = plan(size, true, seed).withDropLast(size <= count);
        List<BatchCursor.Slice> one = all(plan, count, Place.START);
        List<List<BatchCursor.Slice>> several = IntStream.range(0, ranks)
                .mapToObj(rank -> all(plan.sharedBy(rank, ranks), count, Place.START))
                .toList();
        for (int i = 0; i < one.size(); i++) {
            int batch = i;
            int[] joined = several.stream()
                    .flatMapToInt(own -> Arrays.stream(own.get(batch).indices()))
                    .toArray();
            assertThat(joined).isEqualTo(one.get(i).indices());
        }
    }

    /** Batches of one size each, and still every picture once. */
    @Property(tries = 200)
    void picturesOfSeveralSizes(
            @ForAll @IntRange(min = 1, max = 60) int count,
            @ForAll @IntRange(min = 1, max = 20) int size,
            @ForAll @IntRange(min = 1, max = 5) int sizes,
            @ForAll long seed) {
        SizeGroups groups = SizeGroups.of(new Sized(count, sizes));
        BatchCursor cursor = new BatchCursor(plan(size, false, seed), groups, Place.START);
        List<Integer> seen = new ArrayList<>();
        while (cursor.hasNext()) {
            int[] batch = cursor.next().indices();
            assertThat(Arrays.stream(batch)
                            .map(index -> index % sizes)
                            .distinct()
                            .count())
                    .isEqualTo(1);
            assertThat(batch.length).isBetween(1, size);
            Arrays.stream(batch).forEach(seen::add);
        }
        assertThat(seen).hasSize(EPOCHS * count);
        assertThat(new TreeSet<>(seen)).hasSize(count);
    }

    /** Picture i has size i modulo {@code sizes}. */
    private static final class Sized extends CountingSet {
        private final int sizes;

        Sized(int count, int sizes) {
            super(count, -1);
            this.sizes = sizes;
        }

        @Override
        public DataInfo info() {
            return DataInfo.of("sized", super.info().count(), Optional.empty(), 3);
        }

        @Override
        public Size size(int index) {
            return new Size(1 + index % sizes, 2);
        }
    }
}
