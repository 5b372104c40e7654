package io.inkstone.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskContext$;
import org.apache.spark.TaskKilledException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Spark's two ways to end a task ask the work to stop, interrupt nothing in it, and are waited out. */
class TaskWorkTest {
    private final TaskContext context = TaskContext$.MODULE$.empty();
    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile boolean over;

    @AfterEach
    void unmark() {
        Thread.interrupted();
    }

    @Test
    void anInterruptionOrAMarkAsksTheWorkToStop() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> TaskWork.of(context, this::untilAsked, asked::countDown))
                .isInstanceOf(TaskKilledException.class);
        assertThat(over).isTrue();
    }

    @Test
    void aMarkAloneDoesTheSame() {
        context.markInterrupted("nobody wants it");
        assertThatThrownBy(() -> TaskWork.of(context, this::untilAsked, asked::countDown))
                .isInstanceOf(TaskKilledException.class);
        assertThat(over).isTrue();
    }

    private String untilAsked() throws InterruptedException {
        asked.await(); // an interruption would be thrown here
        over = true;
        return "done";
    }

    @Test
    void resultsAndSentencesComeOut() {
        assertThat(TaskWork.of(context, () -> "done")).isEqualTo("done");
        assertThatThrownBy(() -> TaskWork.of(context, () -> {
                    throw new InputException("no");
                }))
                .isInstanceOf(InputException.class)
                .hasMessage("no");
    }

    @Test
    void hostsAreReadFromAddresses() {
        assertThat(RankMeeting.host("node-7.example:4123")).isEqualTo("node-7.example");
        assertThat(RankMeeting.host("[fe80::1]:4123")).isEqualTo("fe80::1");
        assertThat(RankMeeting.host("192.0.2.1")).isEqualTo("192.0.2.1");
    }
}
