package io.inkstone.train.ranks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What processes say to each other before, and instead of, a training. */
@Timeout(120)
class RankExchangeTest {
    @Test
    void allHearTheSame() {
        List<String> heard = RankThreads.run(4, exchange -> {
            int rank = exchange.place().rank();
            double[] sums = exchange.sums(rank, 1, 0.1 * rank);
            boolean anywhere = exchange.anywhere(rank == 2);
            exchange.requireSame("the recipe", "one and the same");
            return sums[0] + " " + sums[1] + " " + sums[2] + " " + anywhere + " "
                    + exchange.ofLeader("out", () -> "from " + rank);
        });
        assertThat(heard).hasSize(4).containsOnly(heard.get(0));
        assertThat(heard.get(0)).startsWith("6.0 4.0 0.6").endsWith("true from 0");
    }

    @Test
    void namesWhatDiffersAndWhere() {
        List<String> said = RankThreads.run(2, exchange -> {
            String batch = "train:\n  batch: " + (exchange.place().leads() ? 32 : 64) + "\n  seed: 0";
            try {
                exchange.requireSame("the recipe", batch);
                return "nothing";
            } catch (InputException refused) {
                return refused.getMessage();
            }
        });
        assertThat(said)
                .containsExactly(
                        "Process 1 of 2 differs from process 0 in the recipe (batch: 64 and batch: 32): start all of them alike.",
                        "Process 0 of 2 differs from process 1 in the recipe (batch: 32 and batch: 64): start all of them alike.");
    }

    @Test
    void aTextThatGoesOnDiffersToo() {
        assertThat(Difference.between("a\n b", "a")).isEqualTo("b and nothing");
        assertThat(Difference.between("a", "c")).isEqualTo("a and c");
    }

    /** One fails while the other waits for its part of a sum. */
    @Test
    void theOthersLearnWhyOneStopped() {
        List<String> said = RankThreads.run(2, exchange -> {
            if (!exchange.place().leads()) {
                exchange.fail(new InputException("The disk is full."));
                return "";
            }
            try {
                exchange.sums(1);
                return "nothing";
            } catch (InputException lost) {
                return lost.getMessage();
            }
        });
        assertThat(said.get(0))
                .isEqualTo(
                        "Process 1 stopped: The disk is full. What was saved is intact, and training can go on from there.");
    }

    @Test
    void nobodyAtTheAddress() {
        int port = RankThreads.freePort();
        assertThatThrownBy(() -> ProcessGroup.meet(new RankPlace(1, 1, 2, "127.0.0.1", port), 1))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(
                        "Process 1 of 2 did not meet the others at 127.0.0.1:%d within 1 s: ".formatted(port))
                .hasMessageEndingWith(
                        "Are all of them started, is the address reachable from here, and is the port free?");
    }

    /** The leader waits for who never comes. */
    @Test
    void notAllAreStarted() {
        int port = RankThreads.freePort();
        assertThatThrownBy(() -> ProcessGroup.meet(new RankPlace(0, 0, 2, "127.0.0.1", port), 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("within 1 s");
    }

    /** A process that was stopped: its system takes connections, and nobody answers. */
    @Test
    void aLeaderThatIsStopped() throws java.io.IOException {
        try (java.net.ServerSocket stopped =
                new java.net.ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> ProcessGroup.meet(new RankPlace(1, 1, 2, "127.0.0.1", stopped.getLocalPort()), 1))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("within 1 s: no answer. Are all of them started");
        }
    }

    @Test
    void thePortIsTaken() throws java.io.IOException {
        try (java.net.ServerSocket taken =
                new java.net.ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> ProcessGroup.meet(new RankPlace(0, 0, 2, "127.0.0.1", taken.getLocalPort()), 1))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("is the port free?");
        }
    }
}
