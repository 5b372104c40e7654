package io.inkstone.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InterruptedWorkException;
import io.inkstone.studio.SmallRuns.Barrier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits, in which order it is done, and how it is given up. */
class QueueTest {
    @TempDir
    static Path folder;

    private static Path run;

    private final List<String> done = Collections.synchronizedList(new ArrayList<>());
    private Studio studio;
    private Lease lease;

    @BeforeAll
    static void train() {
        run = SmallRuns.train(folder, "run", 1);
    }

    @BeforeEach
    void open() {
        studio = Studio.of(StudioSettings.DEFAULT.withMostWaiting(4));
        lease = studio.lease(run);
    }

    @AfterEach
    void close() {
        studio.close();
        lease.close();
    }

    private Job<String> submit(Priority priority, String name) {
        return lease.submit(priority, (tools, steps) -> {
            done.add(name);
            return name;
        });
    }

    @Test
    void doesFirstWhatIsUrgentAndOtherwiseWhatCameFirst() throws Exception {
        Barrier barrier = Barrier.before(lease);
        List<Job<String>> jobs = List.of(
                submit(Priority.LOW, "low"),
                submit(Priority.NORMAL, "first"),
                submit(Priority.NORMAL, "second"),
                submit(Priority.HIGH, "high"));
        assertThat(jobs.get(0).place()).hasValue(3);
        assertThat(jobs.get(0).state()).isEqualTo(Job.State.QUEUED);
        assertThat(studio.waiting().get(0)).isSameAs(jobs.get(3));
        barrier.open();
        jobs.forEach(Job::join);
        assertThat(done).containsExactly("high", "first", "second", "low");
        assertThat(jobs.get(0).place()).isEmpty();
    }

    @Test
    void movesWhatWaits() throws Exception {
        Barrier barrier = Barrier.before(lease);
        Job<String> low = submit(Priority.LOW, "low");
        submit(Priority.NORMAL, "a");
        submit(Priority.NORMAL, "b");
        Job<String> last = submit(Priority.NORMAL, "c");
        assertThat(studio.move(last, 0)).isTrue();
        assertThat(studio.move(studio.waiting().get(1), 9)).isTrue();
        barrier.open();
        low.join();
        assertThat(done).containsExactly("c", "b", "a", "low");
        assertThat(studio.move(last, 0)).isFalse();
    }

    @Test
    void refusesMoreThanItHolds() throws Exception {
        Barrier barrier = Barrier.before(lease);
        List<Job<String>> jobs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            jobs.add(submit(Priority.NORMAL, "job " + i));
        }
        assertThatThrownBy(() -> submit(Priority.HIGH, "one more"))
                .isInstanceOf(QueueFullException.class)
                .hasMessageContaining("4 jobs already wait");
        assertThat(jobs.get(2).cancel()).isTrue();
        jobs.add(submit(Priority.NORMAL, "one more")); // room again
        barrier.open();
        jobs.get(4).join();
        assertThat(done).containsExactly("job 0", "job 1", "job 3", "one more");
    }

    @Test
    void givesUpWhatIsAtHandByInterruptingItAndGoesOn() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Job<Void> job = lease.submit((tools, steps) -> {
            try {
                begun.countDown();
                for (int i = 0; ; i++) {
                    InterruptedWorkException.check();
                    steps.at(i, 0);
                }
            } finally {
                ended.countDown();
            }
        });
        begun.await();
        assertThat(job.state()).isEqualTo(Job.State.RUNNING);
        assertThat(job.cancel()).isTrue();
        assertThat(job.cancel()).isFalse();
        ended.await();
        assertThatThrownBy(job::join).isInstanceOf(CancellationException.class);
        boolean interrupted = lease.submit(
                        (tools, steps) -> Thread.currentThread().isInterrupted())
                .join();
        assertThat(interrupted).isFalse();
    }

    @Test
    void handsFailuresToWhoWaits() {
        Job<Object> job = lease.submit((tools, steps) -> {
            throw new AssertionError("broken");
        });
        assertThatThrownBy(job::join).isInstanceOf(AssertionError.class).hasMessage("broken");
        assertThat(job.state()).isEqualTo(Job.State.FAILED);
        assertThat(submit(Priority.NORMAL, "next").join()).isEqualTo("next");
    }

    @Test
    void finishesWhatItAcceptedOrGivesUpAtTheEnd() throws Exception {
        Barrier barrier = Barrier.before(lease);
        Job<String> waiting = submit(Priority.NORMAL, "waiting");
        assertThat(studio.finish(Duration.ofMillis(20))).isFalse();
        assertThatThrownBy(() -> submit(Priority.NORMAL, "late")).hasMessageContaining("This studio is closed");
        barrier.open();
        assertThat(studio.finish(Duration.ofSeconds(60))).isTrue();
        assertThat(waiting.state()).isEqualTo(Job.State.DONE);
    }

    @Test
    void closingGivesUpWhatWaits() throws Exception {
        Barrier.before(lease);
        Job<String> waiting = submit(Priority.NORMAL, "waiting");
        studio.close();
        assertThat(waiting.state()).isEqualTo(Job.State.CANCELLED);
        assertThat(done).isEmpty();
    }

    @Test
    void isNotClosedFromInside() {
        Job<Void> job = lease.submit((tools, steps) -> {
            studio.close();
            return null;
        });
        assertThatThrownBy(job::join)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("from inside its own work");
    }
}
