package io.inkstone.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.condition.Condition;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.tensor.LiveObjects;
import io.inkstone.wish.Workbench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users that know nothing of each other. */
class ManyThreadsTest {
    private static final int THREADS = 6;
    private static final int TURNS = 8;
    private static final int SEEDS = 5;
    private static final float ROUNDING = 1e-4f;

    @TempDir
    static Path folder;

    private static List<Path> runs;
    private static final List<List<float[]>> ALONE = new ArrayList<>();

    @BeforeAll
    static void train() {
        runs = List.of(SmallRuns.train(folder, "one", 2), SmallRuns.train(folder, "two", 4));
        for (Path run : runs) {
            try (Studio studio = Studio.open(run)) {
                List<float[]> alone = new ArrayList<>();
                for (int seed = 0; seed < SEEDS; seed++) {
                    alone.add(studio.draw(request(seed)).array().toFloats());
                }
                ALONE.add(alone);
            }
        }
    }

    private static GenerationRequest request(int seed) {
        return GenerationRequest.of(2, seed)
                .withConditions(List.of(Condition.oneOf(0, 2), Condition.oneOf(1, 2)))
                .withSampling(SamplingOptions.of("ddim", 3));
    }

    /** Each takes a lease, draws, gives up or waits, and gives the lease back at any moment. */
    private static int useAtRandom(Studio studio, long seed) {
        Random random = new Random(seed);
        int drawn = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            int run = random.nextInt(runs.size());
            int picture = random.nextInt(SEEDS);
            Job<Drawn> job;
            try (Lease lease = studio.lease(runs.get(run))) {
                job = lease.draw(request(picture), Turn.USUAL);
                if (random.nextInt(3) == 0) {
                    pause(random);
                    job.cancel();
                }
            }
            try {
                assertThat(job.join().array().toFloats())
                        .containsExactly(ALONE.get(run).get(picture), within(ROUNDING));
                drawn++;
            } catch (CancellationException givenUp) {
                assertThat(job.state()).isEqualTo(Job.State.CANCELLED);
            }
        }
        return drawn;
    }

    private static void pause(Random random) {
        try {
            Thread.sleep(random.nextInt(8));
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    @Test
    void drawGiveUpAndCloseAtOnceAndLeaveNothingBehind() throws Exception {
        together();
        long live = LiveObjects.held();
        together();
        assertThat(LiveObjects.held()).isEqualTo(live);
    }

    private static void together() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Studio studio = Studio.of(StudioSettings.DEFAULT.withMostIdle(0))) {
            List<Callable<Integer>> users = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                long seed = i;
                users.add(() -> useAtRandom(studio, seed));
            }
            int drawn = 0;
            for (Future<Integer> user : threads.invokeAll(users)) {
                drawn += user.get();
            }
            assertThat(drawn).isPositive();
            assertThat(studio.loadedRuns()).isZero();
        } finally {
            threads.shutdown();
        }
    }

    /** Whoever comes too late hears a sentence; nobody hangs, and nothing crashes. */
    @Test
    void closingInTheMiddleEndsEverything() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        Studio studio = Studio.open(runs.get(0));
        List<Future<Integer>> users = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            users.add(threads.submit(() -> drawUntilClosed(studio)));
        }
        studio.run().draw(request(0), Turn.USUAL).join();
        studio.close();
        int drawn = 0;
        for (Future<Integer> user : users) {
            drawn += user.get();
        }
        assertThat(drawn).isNotNegative();
        assertThat(studio.loadedRuns()).isZero();
        threads.shutdown();
    }

    private static int drawUntilClosed(Studio studio) {
        int drawn = 0;
        while (true) {
            try {
                studio.draw(request(1));
                drawn++;
            } catch (CancellationException givenUp) {
                assertThat(givenUp).isNotNull();
            } catch (IllegalStateException closed) {
                assertThat(closed).hasMessageMatching(".*(is closed|was given back).*");
                return drawn;
            }
        }
    }

    /** Beside the queue, on threads of their own. */
    @Test
    void threadsThatDrawByThemselvesShareWhatIsPreparedAndAreWaitedFor() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        Studio studio = Studio.of(StudioSettings.DEFAULT.withMostIdle(0));
        Lease lease = studio.lease(runs.get(0));
        Workbench bench = lease.bench();
        List<Future<float[]>> drawn = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int seed = i % SEEDS;
            drawn.add(threads.submit(
                    () -> bench.generation().pictures(request(seed)).toFloats()));
        }
        for (int i = 0; i < THREADS; i++) {
            assertThat(drawn.get(i).get()).containsExactly(ALONE.get(0).get(i % SEEDS));
        }
        Future<Integer> late = threads.submit(() -> {
            for (int i = 0; ; i++) {
                try {
                    bench.generation().pictures(request(0));
                } catch (IllegalStateException closed) {
                    assertThat(closed).hasMessageContaining("closed");
                    return i;
                }
            }
        });
        lease.close();
        studio.close();
        assertThat(late.get()).isNotNegative();
        threads.shutdown();
    }
}
