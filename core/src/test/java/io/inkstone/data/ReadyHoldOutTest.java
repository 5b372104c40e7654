package io.inkstone.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A share of a packed set is held out; what is left lies as ready as it did. */
class ReadyHoldOutTest {
    private static final int COUNT = 200;

    @TempDir
    private Path folder;

    /** Nobody asks it for prepared pictures: it is taken for any set. */
    private static final class Plain extends PictureView {
        Plain(PictureSet base) {
            super(base);
        }
    }

    @Test
    void bothPartsOfAPackedSetLieReadyAndGiveTheBytesThatTheyGave() throws IOException {
        Path file = folder.resolve("packed.inkdata");
        PackedCache.write(file, new CountingSet(COUNT, -1), "test", done -> {});
        // More than the memory may hold: nothing is copied there either.
        Preparation preparation = Preparation.of(new Transform(OptionalInt.empty(), 1, 2, 3, Framing.USUAL))
                .keeping(0);
        for (HoldOut way : List.of(HoldOut.byContent(0.2), HoldOut.byName(0.2), HoldOut.byCount(0.2))) {
            try (PackedCache cache = PackedCache.open(file)) {
                DataSet ready = DataSet.of(cache).withoutCaptions().holdingOut(way);
                DataSet before = DataSet.of(new Plain(cache)).withoutCaptions().holdingOut(way);
                alike(preparation, ready.train(), before.train());
                alike(
                        preparation,
                        ready.heldOut().orElseThrow(),
                        before.heldOut().orElseThrow());
                DataSet captioned = DataSet.of(cache).holdingOut(way);
                alike(
                        preparation,
                        captioned.train(),
                        DataSet.of(new Plain(cache)).holdingOut(way).train());
            }
        }
    }

    private static void alike(Preparation preparation, PictureSet part, PictureSet before) {
        PreparedSet set = preparation.prepare(part);
        PreparedSet old = preparation.prepare(before);
        assertThat(set.liesReady()).isTrue();
        assertThat(set.decodes()).isFalse();
        assertThat(preparation.leavesUnchecked(part)).isFalse();
        assertThat(old.liesReady()).isFalse();
        assertThat(set.count()).isEqualTo(old.count()).isBetween(1, COUNT - 1);
        assertThat(part.content(0)).isEqualTo(before.content(0));
        BatchPlan plan = BatchPlan.training(7, 3).withFlip(true).withEpochs(2);
        assertThat(batches(set, plan)).usingRecursiveComparison().isEqualTo(batches(old, plan));
    }

    /** Bytes, contexts and captions, a batch each. */
    private static List<List<Object>> batches(PreparedSet set, BatchPlan plan) {
        List<List<Object>> all = new ArrayList<>();
        try (BatchLoader loader = BatchLoader.start(set, plan, Place.START)) {
            while (loader.hasNext()) {
                PixelBatch batch = loader.next();
                ByteBuffer pixels = batch.pixels();
                byte[] bytes = new byte[pixels.remaining()];
                pixels.get(bytes);
                int told = batch.count() * set.info().classes().size(); // what lies behind is of a batch before
                all.add(List.of(bytes, Arrays.copyOf(batch.context(), told), List.copyOf(batch.captions())));
            }
        }
        return all;
    }
}
