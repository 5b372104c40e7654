package io.inkstone.train.ranks;

import io.inkstone.Words;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Knows whether the other processes live: each leaves a sign of life every second, on a thread of its own, whatever its
 * training does meanwhile. One that dies, is stopped or is cut off leaves none. Where that is process 0, at which the signs lie,
 * the question for them stays without an answer.
 */
final class RankWatch implements AutoCloseable {
    private static final long EVERY_MILLISECONDS = 1000;
    /** Without a sign of life: short enough for all to stop within half a minute, long enough for a collection of garbage. */
    static final double LONGEST_SILENCE_SECONDS = 15;

    private final RankPlace place;
    private final double silence;
    private final Map<Integer, Seen> seen = new HashMap<>();
    private final Thread thread;
    private volatile String lost;
    private volatile boolean lostLeader;
    private volatile boolean closed;
    /** Since when the store has owed an answer; null while it owes none. A call of it that is cut off never comes back. */
    private volatile Long askedNanos;

    private record Seen(String sign, long nanos) {}

    private RankWatch(RankPlace place, double silence) {
        this.place = place;
        this.silence = silence;
        thread = new Thread(this::watch, "inkstone-ranks");
        thread.setDaemon(true);
    }

    /** @param silence seconds after which one without a sign of life is lost */
    static RankWatch start(RankPlace place, double silence) {
        RankWatch watch = new RankWatch(place, silence);
        watch.thread.start();
        return watch;
    }

    /** A sentence about the first process that was lost, if one was. */
    Optional<String> lost() {
        Long asked = askedNanos;
        if (!place.leads() && lost == null && asked != null && (System.nanoTime() - asked) / 1e9 > silence) {
            leaderIsLost(Words.of("no answer for %.0f s", silence));
        }
        return Optional.ofNullable(lost);
    }

    /** Whether that was process 0, which speaks for all otherwise. */
    boolean lostLeader() {
        return lostLeader;
    }

    private void leaderIsLost(String why) {
        lostLeader = true;
        lost = Words.of("Process 0 cannot be reached any more (%s).", why);
    }

    private void watch() {
        try {
            askedNanos = System.nanoTime();
            ProcessGroup words = ProcessGroup.words(place);
            for (long sign = 0; !closed && lost == null; sign++) {
                askedNanos = System.nanoTime();
                words.leave("alive/" + place.rank(), String.valueOf(sign));
                for (int rank = 0; rank < place.ranks() && lost == null; rank++) {
                    look(words, rank);
                }
                askedNanos = null;
                Thread.sleep(EVERY_MILLISECONDS);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unreachable) {
            if (!closed && lost == null) {
                leaderIsLost(ProcessGroup.firstLine(unreachable));
            }
        }
    }

    private void look(ProcessGroup words, int rank) {
        if (rank == place.rank()) {
            return;
        }
        // First: who failed may have left in order after that.
        Optional<String> failure = words.word("failed/" + rank);
        if (failure.isPresent()) {
            lost = Words.of("Process %d stopped: %s", rank, failure.get());
            return;
        }
        if (words.word("done/" + rank).isPresent()) {
            return;
        }
        String sign = words.word("alive/" + rank).orElse("");
        Seen last = seen.get(rank);
        if (last == null || !last.sign.equals(sign)) {
            seen.put(rank, new Seen(sign, System.nanoTime()));
        } else if ((System.nanoTime() - last.nanos) / 1e9 > silence) {
            lostLeader = rank == 0;
            lost = Words.of("Process %d of %d is gone: no sign of life for %.0f s.", rank, place.ranks(), silence);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
