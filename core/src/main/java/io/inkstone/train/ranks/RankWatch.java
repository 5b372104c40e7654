package io.inkstone.train.ranks;

import io.inkstone.Words;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Knows whether the other processes live: each leaves a sign of life every second, on a thread of its own, whatever its
 * training does meanwhile. One that dies, is stopped or is cut off leaves none.
 */
final class RankWatch implements AutoCloseable {
    private static final long EVERY_MILLISECONDS = 1000;
    /** Without a sign of life: short enough for all to stop within half a minute, long enough for a collection of garbage. */
    private static final double LONGEST_SILENCE_SECONDS = 15;

    private final RankPlace place;
    private final Map<Integer, Seen> seen = new HashMap<>();
    private final Thread thread;
    private volatile String lost;
    private volatile boolean closed;

    private record Seen(String sign, long nanos) {}

    private RankWatch(RankPlace place) {
        this.place = place;
        thread = new Thread(this::watch, "inkstone-ranks");
        thread.setDaemon(true);
    }

    static RankWatch start(RankPlace place) {
        RankWatch watch = new RankWatch(place);
        watch.thread.start();
        return watch;
    }

    /** A sentence about the first process that was lost, if one was. */
    Optional<String> lost() {
        return Optional.ofNullable(lost);
    }

    private void watch() {
        try {
            ProcessGroup words = ProcessGroup.words(place);
            for (long sign = 0; !closed && lost == null; sign++) {
                words.leave("alive/" + place.rank(), String.valueOf(sign));
                for (int rank = 0; rank < place.ranks() && lost == null; rank++) {
                    look(words, rank);
                }
                Thread.sleep(EVERY_MILLISECONDS);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unreachable) {
            if (!closed) {
                lost = Words.of("Process 0 cannot be reached any more (%s).", ProcessGroup.firstLine(unreachable));
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
        } else if ((System.nanoTime() - last.nanos) / 1e9 > LONGEST_SILENCE_SECONDS) {
            lost = Words.of(
                    "Process %d of %d is gone: no sign of life for %.0f s.",
                    rank, place.ranks(), LONGEST_SILENCE_SECONDS);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
