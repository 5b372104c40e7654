package io.inkstone.train.ranks;

import io.inkstone.InputException;
import io.inkstone.InterruptedWorkException;
import io.inkstone.Words;
import io.inkstone.tensor.NativeLibrary;
import io.inkstone.tensor.Scope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.ByteVector;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.StringVector;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;

/**
 * Processes that were joined by libtorch's c10d: a store at process 0 in which they leave each other words, and Gloo, which
 * sums their tensors. The only class that knows c10d. Each object is for one thread; the words of another thread go through
 * a {@link #words} of its own.
 */
public final class ProcessGroup {
    /** Of libtorch's own; what is lost before it is noticed by {@link RankWatch}. */
    private static final long LONGEST_MILLISECONDS = 24L * 60 * 60 * 1000;

    private static final long STORE_MILLISECONDS = 10_000;

    /** What a step of a meeting that keeps its own time may take beyond it. */
    private static final int BEYOND_SECONDS = 5;

    /**
     * Stores and groups of all that ever met: one that the collector of garbage frees while others are alive spoils the heap
     * of the process (libtorch 2.10: two programs of two in which groups came and went; none with this).
     */
    private static final Queue<Pointer> KEPT = new ConcurrentLinkedQueue<>();

    private final RankPlace place;
    private final TCPStore store;
    private final List<ProcessGroupGloo> ways;

    private ProcessGroup(RankPlace place, TCPStore store, List<ProcessGroupGloo> ways) {
        this.place = place;
        this.store = store;
        this.ways = ways;
    }

    /** What is summed on one way must begin in the same order in every process; the ways know nothing of each other. */
    enum Way {
        /** What somebody waits for. */
        NUMBERS,
        /** What goes on beside a backward pass. */
        GRADIENTS
    }

    /**
     * Meets the others; returns once all are there.
     *
     * @param seconds to wait for them
     */
    public static ProcessGroup meet(RankPlace place, int seconds) {
        NativeLibrary.load();
        try (Scope scope = Scope.open()) {
            long milliseconds = seconds * 1000L;
            TCPStore store =
                    within(seconds, () -> kept(store(place.address(), place.port(), place.leads(), milliseconds)));
            ProcessGroupGloo numbers = within(seconds, () -> kept(gloo(place, store, milliseconds)));
            TCPStore words = within(seconds, () -> beside(place, store, milliseconds));
            ProcessGroupGloo gradients = within(seconds, () -> kept(gloo(place, words, milliseconds)));
            return new ProcessGroup(place, store, List.of(numbers, gradients));
        } catch (InterruptedWorkException stopped) {
            throw stopped;
        } catch (RuntimeException unreachable) {
            throw new InputException(
                    Words.of(
                            "Process %d of %d did not meet the others at %s:%d within %d s: %s. Are all of them started, is the address reachable from here, and is the port free?",
                            place.rank(),
                            place.ranks(),
                            place.address(),
                            place.port(),
                            seconds,
                            firstLine(unreachable)),
                    unreachable);
        }
    }

    /**
     * A second store, in which a second Gloo leaves what a first one leaves in the first: one store in parts cannot be had
     * through the binding.
     */
    private static TCPStore beside(RankPlace place, TCPStore first, long milliseconds) {
        TCPStore second;
        if (place.leads()) {
            second = store(place.address(), 0, true, milliseconds);
            first.set("port beside", bytes(String.valueOf(second.getPort())));
        } else {
            second = store(place.address(), Integer.parseInt(text(first.get("port beside"))), false, milliseconds);
        }
        return kept(second);
    }

    private static ProcessGroupGloo gloo(RankPlace place, TCPStore words, long milliseconds) {
        ProcessGroupGloo.Options options = new ProcessGroupGloo.Options(new Milliseconds(milliseconds));
        options.devices(new GlooDeviceVector(
                place.isLocal()
                        ? ProcessGroupGloo.createDeviceForHostname("127.0.0.1")
                        : ProcessGroupGloo.createDefaultDevice()));
        options.threads(2);
        ProcessGroupGloo gloo = new ProcessGroupGloo(words, place.rank(), place.ranks(), options);
        gloo.setTimeout(new Milliseconds(LONGEST_MILLISECONDS));
        return gloo;
    }

    /**
     * A step of a meeting, on a thread that may be left behind: where process 0 is stopped, or cut off, after its system took
     * the connection, libtorch waits for its first word whatever time it was given.
     */
    private static <T> T within(int seconds, Callable<T> step) {
        FutureTask<T> meeting = new FutureTask<>(() -> {
            try (Scope scope = Scope.open()) {
                return step.call();
            }
        });
        Thread thread = new Thread(meeting, "inkstone-meeting");
        thread.setDaemon(true);
        thread.start();
        try {
            return meeting.get(seconds + BEYOND_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException silent) {
            throw new IllegalStateException("no answer", silent);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedWorkException();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(firstLine(failed.getCause()), failed.getCause());
        }
    }

    /** A way of its own to the words of the store, for another thread. */
    static ProcessGroup words(RankPlace place) {
        try (Scope scope = Scope.open()) {
            return new ProcessGroup(
                    place, kept(store(place.address(), place.port(), false, STORE_MILLISECONDS)), List.of());
        }
    }

    private static TCPStore store(String address, int port, boolean serves, long milliseconds) {
        TCPStoreOptions options = new TCPStoreOptions();
        options.port((short) port);
        options.isServer(serves);
        options.waitWorkers(false);
        options.timeout(new Milliseconds(milliseconds));
        return new TCPStore(address, options);
    }

    private static <T extends Pointer> T kept(T met) {
        KEPT.add(met);
        return Scope.own(met);
    }

    static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    RankPlace place() {
        return place;
    }

    /** A sum under way; {@link #await} it until it is done. */
    final class Sum {
        private final Work work;

        private Sum(Work work) {
            this.work = work;
        }

        /**
         * Waits without computing anything meanwhile, so that other processes on the same cores can. Throws what went wrong.
         *
         * @return whether it is done; after that it must not be asked again
         */
        boolean await(long milliseconds) {
            try (Scope scope = Scope.open()) {
                work._wait(new Milliseconds(milliseconds));
            } catch (RuntimeException lateOrBroken) {
                if (!work.isCompleted()) {
                    return false;
                }
                work._wait(); // says what broke, if it was not only late
            }
            Scope.release(work);
            return true;
        }
    }

    /** Begins to make of a contiguous tensor on the CPU the sum over all processes, the same bytes in each. */
    Sum sum(Way way, Tensor values) {
        try (Scope scope = Scope.open()) {
            return new Sum(Scope.own(ways.get(way.ordinal()).allreduce(new TensorVector(values))));
        }
    }

    /** Leaves a word for the others. */
    void leave(String key, String word) {
        store.set(key, bytes(word));
    }

    /** A word that was left, or empty so far. */
    Optional<String> word(String key) {
        try (Scope scope = Scope.open()) {
            return store.check(new StringVector(key)) ? Optional.of(await(key)) : Optional.empty();
        }
    }

    /** A word, once it has been left; fails after the time of the store. */
    String await(String key) {
        try (Scope scope = Scope.open()) {
            return text(store.get(key));
        }
    }

    private static ByteVector bytes(String word) {
        return new ByteVector(word.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteVector word) {
        return new String(word.get(), StandardCharsets.UTF_8);
    }
}
