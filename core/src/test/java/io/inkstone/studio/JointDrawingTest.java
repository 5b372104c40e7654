package io.inkstone.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.condition.Condition;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.studio.SmallRuns.Barrier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are alike are drawn together, and nobody notices. */
class JointDrawingTest {
    /** Of values around 1: sums over other batch sizes are formed in another order. */
    private static final float ROUNDING = 1e-4f;

    @TempDir
    static Path folder;

    private static Studio studio;
    private static Lease lease;

    @BeforeAll
    static void open() {
        studio = Studio.open(SmallRuns.train(folder, "run", 2));
        lease = studio.run();
    }

    @AfterAll
    static void close() {
        studio.close();
    }

    private static GenerationRequest request(int count, long seed, int steps) {
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            conditions.add(Condition.oneOf((int) (seed + i) % 2, 2));
        }
        return GenerationRequest.of(count, seed)
                .withConditions(conditions)
                .withSampling(SamplingOptions.of("ddim", steps));
    }

    private static Job<Drawn> draw(GenerationRequest request) {
        return lease.draw(request, Turn.USUAL.withBatch(8));
    }

    private static float[] values(Job<Drawn> job) {
        return job.join().array().toFloats();
    }

    @Test
    void drawsAlikeOnesInAsFewBatchesAsTheyFitInto() throws Exception {
        List<float[]> alone = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            alone.add(values(draw(request(3, 10 * i, 4))));
        }
        Barrier barrier = Barrier.before(lease);
        List<Job<Drawn>> jobs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            jobs.add(draw(request(3, 10 * i, 4)));
        }
        assertThat(jobs.get(4).place()).hasValue(4);
        long before = studio.pieces();
        barrier.open();
        for (int i = 0; i < 5; i++) {
            assertThat(values(jobs.get(i))).containsExactly(alone.get(i), within(ROUNDING));
            assertThat(jobs.get(i).state()).isEqualTo(Job.State.DONE);
        }
        assertThat(studio.pieces() - before).isEqualTo(2); // 15 pictures, 8 at once
    }

    @Test
    void keepsApartWhatIsNotAlike() throws Exception {
        Barrier barrier = Barrier.before(lease);
        List<Job<Drawn>> jobs = List.of(
                draw(request(1, 0, 4)),
                draw(request(1, 0, 5)),
                draw(request(1, 0, 4).withConditions(List.of())),
                lease.draw(request(1, 0, 4), Turn.USUAL.withBatch(7)));
        long before = studio.pieces();
        barrier.open();
        jobs.forEach(Job::join);
        assertThat(studio.pieces() - before).isEqualTo(4);
    }

    @Test
    void joinsRequestsWithStartsOfTheirOwn() throws Exception {
        GenerationRequest one = request(1, 3, 4);
        var start = lease.submit((bench, steps) -> {
                    try (var scope = io.inkstone.tensor.Scope.open()) {
                        return io.inkstone.tensor.Tensors.toArray(
                                bench.saved().generates().start(List.of(3L)));
                    }
                })
                .join();
        float[] fromSeed = values(draw(one));
        Barrier barrier = Barrier.before(lease);
        Job<Drawn> first = draw(one.withStart(start));
        Job<Drawn> second = draw(request(1, 99, 4).withStart(start));
        long before = studio.pieces();
        barrier.open();
        assertThat(values(first)).containsExactly(fromSeed, within(ROUNDING));
        assertThat(values(second)).hasSize(fromSeed.length);
        assertThat(studio.pieces() - before).isEqualTo(1);
    }

    @Test
    void dropsWhoIsGivenUpInTheMiddleOfABatchAndNobodyElse() throws Exception {
        float[] alone = values(draw(request(3, 0, 6)));
        AtomicReference<Job<Drawn>> victim = new AtomicReference<>();
        AtomicInteger last = new AtomicInteger();
        Barrier barrier = Barrier.before(lease);
        Job<Drawn> before = draw(request(3, 0, 6));
        victim.set(draw(request(2, 50, 6).withListener((step, level, noisy) -> {
            last.set(step);
            assertThat(noisy.size(0)).isEqualTo(2);
            if (step == 2) {
                victim.get().cancel();
            }
        })));
        Job<Drawn> after = draw(request(3, 0, 6));
        long pieces = studio.pieces();
        barrier.open();
        assertThat(values(before)).containsExactly(alone, within(ROUNDING));
        assertThat(values(after)).containsExactly(alone, within(ROUNDING));
        assertThatThrownBy(() -> victim.get().join()).isInstanceOf(CancellationException.class);
        assertThat(victim.get().state()).isEqualTo(Job.State.CANCELLED);
        assertThat(last).hasValue(2);
        assertThat(studio.pieces() - pieces).isEqualTo(1);
    }

    @Test
    void stopsAfterTheStepWhenAllOfABatchAreGivenUp() {
        AtomicInteger last = new AtomicInteger();
        AtomicReference<Job<Drawn>> job = new AtomicReference<>();
        synchronized (job) {
            job.set(draw(request(2, 0, 20).withListener((step, level, noisy) -> {
                synchronized (job) {
                    last.set(step);
                    if (step == 3) {
                        job.get().result().cancel(true); // as good as cancel() of the job
                    }
                }
            })));
        }
        assertThatThrownBy(() -> job.get().join()).isInstanceOf(CancellationException.class);
        values(draw(request(1, 0, 2))); // when it is done, the other has ended
        assertThat(last).hasValue(3);
        assertThat(job.get().state()).isEqualTo(Job.State.CANCELLED);
    }

    @Test
    void theTroubleOfOneIsNotThatOfOthers() throws Exception {
        float[] alone = values(draw(request(2, 0, 4)));
        Barrier barrier = Barrier.before(lease);
        Job<Drawn> bad = draw(request(2, 7, 4).withListener((step, level, noisy) -> {
            throw new IllegalArgumentException("mine");
        }));
        Job<Drawn> good = draw(request(2, 0, 4));
        barrier.open();
        assertThat(values(good)).containsExactly(alone, within(ROUNDING));
        assertThatThrownBy(bad::join)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mine");
        assertThat(bad.state()).isEqualTo(Job.State.FAILED);
    }

    /** Said at once, to whoever asks. */
    @Test
    void refusesWhatTheModelCannotDraw() {
        assertThatThrownBy(() -> draw(request(1, 0, 4).withConditions(List.of(Condition.text("a hat")))))
                .hasMessageContaining("was not trained on words");
        assertThatThrownBy(() -> draw(request(1, 0, 4).withSampling(SamplingOptions.of("no-such", 4))))
                .hasMessageContaining("no-such");
        assertThat(studio.waiting()).isEmpty();
    }
}
