package io.inkstone.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InterruptedWorkException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ParallelPassTest {
    @Test
    void visitsEachOnce() {
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger visits = new AtomicInteger();
        ParallelPass.over(
                1000,
                index -> {
                    seen.add(index);
                    visits.incrementAndGet();
                },
                done -> {});
        assertThat(seen).hasSize(1000);
        assertThat(visits).hasValue(1000);
    }

    @Test
    void throwsTheFailureOfATask() {
        assertThatThrownBy(() -> ParallelPass.over(
                        1000,
                        index -> {
                            if (index == 7) {
                                throw new IllegalStateException("seven");
                            }
                        },
                        done -> {}))
                .hasMessage("seven");
    }

    /** Whichever thread visits the tenth interrupts the caller: nobody starts a new task after seeing it. */
    @Test
    void endsWhenItsCallerIsInterrupted() {
        Thread caller = Thread.currentThread();
        AtomicInteger visits = new AtomicInteger();
        assertThatThrownBy(() -> ParallelPass.over(
                        1_000_000_000,
                        index -> {
                            if (visits.incrementAndGet() == 10) {
                                caller.interrupt();
                            }
                        },
                        done -> {}))
                .isInstanceOf(InterruptedWorkException.class);
        assertThat(Thread.interrupted()).isFalse();
    }
}
