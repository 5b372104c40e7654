package io.inkstone.train.ranks;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.tensor.NativeLibrary;
import io.inkstone.tensor.Scope;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bytedeco.javacpp.chrono.Milliseconds;
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

    /**
     * All that ever met: a store or a group that the collector of garbage frees while others are alive spoils the heap of
     * the process (libtorch 2.10: two programs of two in which groups came and went; none with this).
     */
    private static final Queue<ProcessGroup> KEPT = new ConcurrentLinkedQueue<>();

    private final RankPlace place;
    private final TCPStore store;
    private final ProcessGroupGloo gloo;

    private ProcessGroup(RankPlace place, TCPStore store, ProcessGroupGloo gloo) {
        this.place = place;
        this.store = store;
        this.gloo = gloo;
        KEPT.add(this);
    }

    /**
     * Meets the others; returns once all are there.
     *
     * @param seconds to wait for them
     */
    public static ProcessGroup meet(RankPlace place, int seconds) {
        NativeLibrary.load();
        try (Scope scope = Scope.open()) {
            TCPStore store = store(place, place.leads(), seconds * 1000L);
            ProcessGroupGloo.Options options = new ProcessGroupGloo.Options(new Milliseconds(seconds * 1000L));
            options.devices(new GlooDeviceVector(
                    place.isLocal()
                            ? ProcessGroupGloo.createDeviceForHostname("127.0.0.1")
                            : ProcessGroupGloo.createDefaultDevice()));
            options.threads(2);
            ProcessGroupGloo gloo = new ProcessGroupGloo(store, place.rank(), place.ranks(), options);
            gloo.setTimeout(new Milliseconds(LONGEST_MILLISECONDS));
            return new ProcessGroup(place, Scope.own(store), Scope.own(gloo));
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

    /** A way of its own to the words of the store, for another thread. */
    static ProcessGroup words(RankPlace place) {
        try (Scope scope = Scope.open()) {
            return new ProcessGroup(place, Scope.own(store(place, false, STORE_MILLISECONDS)), null);
        }
    }

    private static TCPStore store(RankPlace place, boolean serves, long milliseconds) {
        TCPStoreOptions options = new TCPStoreOptions();
        options.port((short) place.port());
        options.isServer(serves);
        options.waitWorkers(false);
        options.timeout(new Milliseconds(milliseconds));
        return new TCPStore(place.address(), options);
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
    Sum sum(Tensor values) {
        try (Scope scope = Scope.open()) {
            return new Sum(Scope.own(gloo.allreduce(new TensorVector(values))));
        }
    }

    /** Leaves a word for the others. */
    void leave(String key, String word) {
        store.set(key, new org.bytedeco.pytorch.ByteVector(word.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
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
            return new String(store.get(key).get(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
