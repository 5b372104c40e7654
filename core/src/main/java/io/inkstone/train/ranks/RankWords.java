package io.inkstone.train.ranks;

import io.inkstone.InterruptedWorkException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Words of the others, waited for as long as all live. They are asked for on a thread that may be left behind: the store keeps
 * no time over this question, and where the link to process 0 is cut it would hold whoever asks.
 */
final class RankWords {
    private static final long LOOK_MILLISECONDS = 250;
    private static final long AGAIN_NANOS = 20_000_000;

    private final ProcessGroup group;
    private final RankWatch watch;
    private final Consumer<String> stop;
    private final ExecutorService asking = Executors.newSingleThreadExecutor(question -> {
        Thread thread = new Thread(question, "inkstone-words");
        thread.setDaemon(true);
        return thread;
    });

    /** @param stop what ends the work with a sentence about who was lost */
    RankWords(ProcessGroup group, RankWatch watch, Consumer<String> stop) {
        this.group = group;
        this.watch = watch;
        this.stop = stop;
    }

    /** Of however long the other needs for it. */
    String await(String key) {
        while (true) {
            Optional<String> word = answer(() -> group.word(key));
            if (word.isPresent()) {
                return word.get();
            }
            watch.lost().ifPresent(stop);
            LockSupport.parkNanos(AGAIN_NANOS);
        }
    }

    private <T> T answer(Callable<T> question) {
        Future<T> answer = asking.submit(question);
        while (true) {
            try {
                return answer.get(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException owed) {
                watch.lost().ifPresent(stop);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new InterruptedWorkException();
            } catch (ExecutionException failed) {
                throw new IllegalStateException(ProcessGroup.firstLine(failed.getCause()), failed.getCause());
            }
        }
    }

    void close() {
        asking.shutdown();
    }
}
