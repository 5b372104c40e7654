package io.inkstone.train.ranks;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.layers.JoinedNorm;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Share;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Exchange;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Joins what each process learned from its rows. Each rank's losses are already weighed by its share of the batch, so what
 * all have together is the sum.
 */
public final class RankExchange implements Exchange, AutoCloseable {
    private static final int MEET_SECONDS = 120;
    private static final int NAMING_SECONDS = 25;
    private static final long LOOK_MILLISECONDS = 250;

    private final ProcessGroup group;
    private final RankWatch watch;
    private final RankWords words;

    private RankExchange(ProcessGroup group, RankWatch watch) {
        this.group = group;
        this.watch = watch;
        words = new RankWords(group, watch, RankExchange::stop);
    }

    /** Meets the other processes; returns once all are there. */
    public static RankExchange meet(RankPlace place) {
        return meet(place, RankWatch.LONGEST_SILENCE_SECONDS);
    }

    /** @param silence seconds after which one without a sign of life is lost */
    static RankExchange meet(RankPlace place, double silence) {
        return new RankExchange(ProcessGroup.meet(place, MEET_SECONDS), RankWatch.start(place, silence));
    }

    public RankPlace place() {
        return group.place();
    }

    @Override
    public Joining joining(Map<String, Tensor> parameters) {
        return new GradientSums(List.copyOf(parameters.values()), group, this::await);
    }

    /**
     * The same where each process takes steps by itself and their weights are averaged.
     *
     * @param every so many steps; 1 for this one
     */
    public Exchange every(int every) {
        return every == 1 ? this : new LocalSteps(this, every);
    }

    /** Makes of a contiguous tensor the sum over all processes. */
    void sum(Tensor values) {
        await(group.sum(ProcessGroup.Way.GRADIENTS, values));
    }

    @Override
    public double[] sums(double... numbers) {
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin()) {
            Tensor values = torch.empty(
                    new long[] {numbers.length},
                    new org.bytedeco.pytorch.TensorOptions(ScalarType.Double),
                    new org.bytedeco.pytorch.MemoryFormatOptional());
            new org.bytedeco.javacpp.DoublePointer(values.data_ptr()).put(numbers);
            await(group.sum(ProcessGroup.Way.NUMBERS, values));
            return Tensors.toDoubles(values);
        }
    }

    @Override
    public boolean anywhere(boolean here) {
        return sums(here ? 1 : 0)[0] > 0;
    }

    @Override
    public <T> T passing(Share share, Supplier<T> work) {
        try {
            return JoinedNorm.during(values -> await(group.sum(ProcessGroup.Way.NUMBERS, values)), share, work);
        } catch (InputException said) {
            throw said;
        } catch (RuntimeException throughLibtorch) {
            // What is thrown while libtorch goes back comes out of it with another type and more words.
            watch.lost().ifPresent(RankExchange::stop);
            throw throughLibtorch;
        }
    }

    /** Waits without being stuck in it: a process that is gone is named by the watch, not by the sum. */
    private void await(ProcessGroup.Sum sum) {
        while (!arrived(sum)) {
            watch.lost().ifPresent(RankExchange::stop);
        }
    }

    private boolean arrived(ProcessGroup.Sum sum) {
        try {
            return sum.await(LOOK_MILLISECONDS);
        } catch (RuntimeException broken) {
            long until = System.nanoTime() + NAMING_SECONDS * 1_000_000_000L;
            while (System.nanoTime() < until) {
                watch.lost().ifPresent(RankExchange::stop);
                LockSupport.parkNanos(100_000_000);
            }
            stop(Words.of("The connection to another process broke (%s).", ProcessGroup.firstLine(broken)));
            return false;
        }
    }

    private static void stop(String sentence) {
        throw new InputException(sentence + " What was saved is intact, and training can go on from there.")
                .about("continue");
    }

    /**
     * Refuses to go on where processes differ.
     *
     * @param what is compared, in words: "the recipe"
     * @param word that must be the same everywhere; of longer texts the first lines that differ are said
     */
    public void requireSame(String what, String word) {
        group.leave(what + "/" + place().rank(), word);
        for (int rank = 0; rank < place().ranks(); rank++) {
            String theirs = words.await(what + "/" + rank);
            if (!theirs.equals(word)) {
                throw new InputException(Words.of(
                        "Process %d of %d differs from process %d in %s (%s): start all of them alike.",
                        rank, place().ranks(), place().rank(), what, Difference.between(theirs, word)));
            }
        }
    }

    /** What process 0 says of {@code what}; the others wait for it. */
    public String ofLeader(String what, Supplier<String> word) {
        if (place().leads()) {
            String said = word.get();
            group.leave(what, said);
            return said;
        }
        return words.await(what);
    }

    /** Whether process 0, which speaks for all otherwise, was lost. */
    public boolean lostLeader() {
        return watch.lostLeader();
    }

    /** Tells the others why this process ends before its work is done. */
    public void fail(Throwable why) {
        if (watch.lost().isPresent()) {
            return; // all know that it ends, and the store may be gone
        }
        try {
            group.leave("failed/" + place().rank(), ProcessGroup.firstLine(why));
        } catch (RuntimeException gone) {
            why.addSuppressed(gone);
        }
    }

    /** All leave together; process 0, at which the others' words lie, last. */
    @Override
    public void close() {
        watch.close();
        words.close();
        try {
            group.leave("done/" + place().rank(), "");
            for (int rank = 0; place().leads() && rank < place().ranks(); rank++) {
                group.await("done/" + rank);
            }
        } catch (RuntimeException gone) {
            // The others know already, or have gone before.
        }
    }
}
