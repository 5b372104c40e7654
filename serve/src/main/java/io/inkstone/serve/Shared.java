package io.inkstone.serve;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** One piece of work with everybody who waits for it. The pictures are kept once, whoever is still there when they are done. */
final class Shared {
    private final AtWork work;
    private final CompletableFuture<Answer> answer;
    private int waiting = 1;
    private Duration patience = Duration.ZERO;

    /** Pictures that are done and on the shelf. */
    record Answer(Made made, List<KeptPicture> kept) {}

    Shared(AtWork work, Drawings drawings, Executor keeping) {
        this.work = work;
        answer = work.made()
                .thenComposeAsync(made -> drawings.kept(work, made).thenApply(kept -> new Answer(made, kept)), keeping);
    }

    AtWork work() {
        return work;
    }

    CompletableFuture<Answer> answer() {
        return answer;
    }

    /** One more who waits. */
    synchronized boolean joined() {
        if (work.job().state().ended() && !answer.isDone() && !work.made().isDone()
                || answer.isCompletedExceptionally()) {
            return false;
        }
        waiting++;
        return true;
    }

    /**
     * One fewer.
     *
     * @param comesAgain how long to wait for him
     * @return how long to wait before {@link #giveUpUnlessWanted}; empty while others wait
     */
    synchronized java.util.Optional<Duration> left(Duration comesAgain) {
        waiting--;
        if (comesAgain.compareTo(patience) > 0) {
            patience = comesAgain;
        }
        return waiting > 0 ? java.util.Optional.empty() : java.util.Optional.of(patience);
    }

    /** True where nobody waits any more: the work is over, or given up by this. */
    synchronized boolean giveUpUnlessWanted() {
        if (waiting > 0) {
            return false;
        }
        work.job().cancel();
        return true;
    }
}
