package io.inkstone.train.ranks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Process 0, at which the signs of life lie, may be cut off without a word: whoever asks it waits no longer than the others do. */
class CutLinkTest {
    private static final double SILENCE_SECONDS = 4;
    private static final String SENTENCE =
            "Process 0 cannot be reached any more (no answer for 4 s). What was saved is intact, and training can go on from there.";

    @Test
    void endsForWhoWaitsForASumOrAWord() throws Exception {
        int port = RankThreads.freePort();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CountDownLatch done = new CountDownLatch(1);
        try (CutLink link = new CutLink(port)) {
            Future<RankExchange> leader = threads.submit(() -> {
                RankExchange exchange = RankExchange.meet(place(0, port), SILENCE_SECONDS);
                exchange.requireSame("the recipe", "one");
                done.await();
                return exchange;
            });
            threads.submit(() -> {
                        RankExchange exchange = RankExchange.meet(place(1, link.port()), SILENCE_SECONDS);
                        exchange.requireSame("the recipe", "one");
                        link.cut();
                        assertThatThrownBy(() -> exchange.ofLeader("out", () -> ""))
                                .isInstanceOf(InputException.class)
                                .hasMessage(SENTENCE);
                        assertThatThrownBy(() -> exchange.sums(1))
                                .isInstanceOf(InputException.class)
                                .hasMessage(SENTENCE);
                        assertThat(exchange.lostLeader()).isTrue();
                        return exchange;
                    })
                    .get(90, TimeUnit.SECONDS);
            done.countDown();
            assertThat(leader.get(90, TimeUnit.SECONDS).lostLeader()).isFalse();
        } finally {
            threads.shutdownNow();
        }
    }

    private static RankPlace place(int rank, int port) {
        return new RankPlace(rank, rank, 2, "127.0.0.1", port);
    }
}
