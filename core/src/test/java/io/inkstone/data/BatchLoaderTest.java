package io.inkstone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchLoaderTest {
    private static final CountingSet TEN = new CountingSet(10, -1);

    @Test
    void aPassDeliversEverythingInOrder() {
        try (BatchLoader loader = BatchLoader.start(TEN, BatchPlan.pass(4), Place.START)) {
            PixelBatch first = loader.next();
            assertThat(first.count()).isEqualTo(4);
            assertThat(first.indices()).containsExactly(0, 1, 2, 3);
            assertThat(first.pixels().isDirect()).isTrue();
            assertThat(first.pixels().remaining()).isEqualTo(24);
            assertThat(first.pixels().get(23)).isEqualTo((byte) 23);
            assertThat(first.context()).containsExactly(1, 0, 0, 1, 1, 0, 0, 1);
            assertThat(first.captions()).containsExactly("number 0", "number 1", "number 2", "number 3");
            assertThat(first.endsEpoch()).isFalse();
            loader.next();
            PixelBatch last = loader.next();
            assertThat(last.indices()).containsExactly(8, 9);
            assertThat(last.pixels().remaining()).isEqualTo(12);
            assertThat(last.endsEpoch()).isTrue();
            assertThat(last.next()).isEqualTo(new Place(1, 0));
            assertThat(loader.hasNext()).isFalse();
            assertThatThrownBy(loader::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void droppedLastBatchLeavesOnlyFullOnes() {
        BatchPlan plan = BatchPlan.pass(4).withDropLast(true).withEpochs(3);
        assertThat(collect(TEN, plan, Place.START, 1)).hasSize(6).allSatisfy(b -> assertThat(b)
                .hasSize(4));
    }

    @Test
    void anyPlaceResumesExactly() {
        BatchPlan plan = BatchPlan.training(3, 42).withFlip(true).withEpochs(4);
        List<List<Integer>> whole = collect(TEN, plan, Place.START, 2);
        for (int start = 0; start < 16; start++) {
            Place place = new Place(start / 4, start % 4 * 3);
            assertThat(collect(TEN, plan, place, 3)).isEqualTo(whole.subList(start, 16));
        }
        assertThat(collect(TEN, plan, new Place(0, 10), 1)).isEqualTo(whole.subList(4, 16));
    }

    @Test
    void mirroredPicturesHaveTheirColumnsSwapped() {
        BatchPlan plan = BatchPlan.training(10, 7).withFlip(true).withEpochs(1);
        try (BatchLoader loader = BatchLoader.start(TEN, plan, Place.START)) {
            PixelBatch batch = loader.next();
            int mirrored = 0;
            for (int i = 0; i < 10; i++) {
                int base = batch.indices()[i] * 6;
                boolean flipped = plan.order().flips(0, batch.indices()[i]);
                byte[] picture = new byte[6];
                batch.pixels().get(i * 6, picture);
                int[] at = flipped ? new int[] {3, 4, 5, 0, 1, 2} : new int[] {0, 1, 2, 3, 4, 5};
                for (int k = 0; k < 6; k++) {
                    assertThat(picture[k]).isEqualTo((byte) (base + at[k]));
                }
                mirrored += flipped ? 1 : 0;
            }
            assertThat(mirrored).isBetween(1, 9);
        }
    }

    @Test
    void aFailureOnAThreadComesOutOfNext() {
        try (BatchLoader loader = BatchLoader.start(new CountingSet(10, 5), BatchPlan.pass(2), Place.START)) {
            loader.next();
            loader.next();
            assertThatThrownBy(loader::next).isInstanceOf(InputException.class).hasMessage("picture 5 is broken");
        }
    }

    @Test
    void refusesABatchLargerThanADroppingEpoch() {
        BatchPlan plan = BatchPlan.training(11, 0).withDropLast(true);
        assertThatThrownBy(() -> BatchLoader.start(TEN, plan, Place.START))
                .hasMessageContaining("fewer than one batch of 11");
        assertThatThrownBy(() -> BatchLoader.start(TEN, BatchPlan.pass(2), new Place(0, 11)))
                .hasMessageContaining("was the data changed?");
    }

    /** The first picture is kept back until somebody waits for it, and for 20 ms more. */
    @Test
    void waitingIsCounted() {
        Thread consumer = Thread.currentThread();
        PreparedSet slow = new CountingSet(4, -1) {
            @Override
            public void copy(int index, byte[] into, int offset) {
                while (index == 0 && consumer.getState() != Thread.State.WAITING) {
                    LockSupport.parkNanos(1_000_000);
                }
                long start = System.nanoTime();
                while (index == 0 && System.nanoTime() - start < 20_000_000) {
                    LockSupport.parkNanos(1_000_000);
                }
                super.copy(index, into, offset);
            }
        };
        long start = System.nanoTime();
        try (BatchLoader loader = BatchLoader.start(slow, BatchPlan.pass(2), Place.START)) {
            while (loader.hasNext()) {
                loader.next();
            }
            assertThat(loader.waitedSeconds()).isBetween(0.01, (System.nanoTime() - start) * 1e-9);
        }
    }

    @Test
    void closingEndsTheThreads() throws InterruptedException {
        BatchLoader loader = BatchLoader.start(TEN, BatchPlan.training(2, 1), Place.START);
        loader.next();
        assertThat(loaderThreads()).isNotEmpty();
        loader.close();
        assertThat(loader.hasNext()).isFalse();
        for (Thread thread : loaderThreads()) {
            thread.join(); // or the time for this test is over
        }
    }

    /** Lies ready, and may take its time. */
    private static CountingSet ready(int count, int broken, long nanos) {
        return new CountingSet(count, broken) {
            @Override
            public boolean liesReady() {
                return true;
            }

            @Override
            public void copy(int index, byte[] into, int offset) {
                long start = System.nanoTime();
                while (System.nanoTime() - start < nanos) {
                    Thread.onSpinWait();
                }
                super.copy(index, into, offset);
            }
        };
    }

    @Test
    void picturesThatLieReadyAreLoadedOnTheThreadThatAsks() throws InterruptedException {
        awaitNoThreads();
        BatchPlan plan = BatchPlan.training(3, 42).withFlip(true).withEpochs(4);
        List<Thread> seen = new ArrayList<>();
        CountingSet set = new CountingSet(10, -1) {
            @Override
            public boolean liesReady() {
                return true;
            }

            @Override
            public void copy(int index, byte[] into, int offset) {
                seen.add(Thread.currentThread());
                super.copy(index, into, offset);
            }
        };
        List<List<Integer>> all = collect(set, plan, Place.START, 2);
        assertThat(all).isEqualTo(collect(TEN, plan, Place.START, 2));
        assertThat(seen).containsOnly(Thread.currentThread());
    }

    @Test
    void largeBatchesAreHandedOverAllTheSame() {
        int pictures = 1 + (1 << 20) / 6;
        try (BatchLoader loader =
                BatchLoader.start(ready(pictures, -1, 0), BatchPlan.training(pictures, 1), Place.START)) {
            assertThat(loaderThreads()).isNotEmpty();
        }
    }

    @Test
    void whereThatTakesLongThreadsGoOn() throws InterruptedException {
        awaitNoThreads();
        BatchPlan plan = BatchPlan.training(1, 5).withEpochs(6);
        List<Integer> indices = new ArrayList<>();
        List<Integer> threads = new ArrayList<>();
        try (BatchLoader loader = BatchLoader.start(ready(10, -1, 1_100_000), plan, Place.START)) {
            while (loader.hasNext()) {
                PixelBatch batch = loader.next();
                indices.add(batch.indices()[0]);
                assertThat(batch.pixels().get(0)).isEqualTo((byte) (batch.indices()[0] * 6));
                threads.add(loaderThreads().size());
            }
            assertThat(loader.waitedSeconds()).isGreaterThan(0.01);
        }
        assertThat(threads.subList(0, 15)).containsOnly(0);
        assertThat(threads.get(15)).isPositive();
        List<Integer> order = new ArrayList<>();
        for (int epoch = 0; epoch < 6; epoch++) {
            for (int index : plan.order().indices(10, epoch)) {
                order.add(index);
            }
        }
        assertThat(indices).isEqualTo(order);
    }

    @Test
    void aFailureOnTheThreadThatAsksComesOutOfItsNextAlone() {
        try (BatchLoader loader = BatchLoader.start(ready(10, 5, 0), BatchPlan.pass(2), Place.START)) {
            loader.next();
            loader.next();
            assertThatThrownBy(loader::next).isInstanceOf(InputException.class).hasMessage("picture 5 is broken");
            assertThat(loader.next().indices()).containsExactly(6, 7);
        }
    }

    private static void awaitNoThreads() throws InterruptedException {
        for (Thread thread : loaderThreads()) {
            thread.join(); // those of other tests
        }
    }

    private static List<Thread> loaderThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("inkstone-loader"))
                .toList();
    }

    /** The batches as lists of their bytes' first values, with the buffers overwritten in between as in training. */
    private static List<List<Integer>> collect(PreparedSet set, BatchPlan plan, Place place, int threads) {
        List<List<Integer>> all = new ArrayList<>();
        try (BatchLoader loader = new BatchLoader(set, plan, place, threads)) {
            while (loader.hasNext()) {
                PixelBatch batch = loader.next();
                List<Integer> bytes = new ArrayList<>();
                for (int i = 0; i < batch.count(); i++) {
                    bytes.add((int) batch.pixels().get(i * 6));
                }
                all.add(bytes);
            }
        }
        return all;
    }
}
