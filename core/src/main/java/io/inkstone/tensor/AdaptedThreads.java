package io.inkstone.tensor;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.bytedeco.pytorch.global.torch;

/**
 * Lets as many threads share an operation as there are processors that other programs leave free. An operation is as slow as
 * the slowest of its threads, so one thread fewer is faster than one that has to share its processor; but sums are added in
 * another order then, and what is computed depends in its last digits on who else was at work. So nobody has it who did not ask
 * for it, by INKSTONE_THREADS=adaptive in the environment, and a training says and keeps when the number changed.
 */
public final class AdaptedThreads {
    private static final String VARIABLE = "INKSTONE_THREADS";
    private static final String ADAPTIVE = "adaptive";

    /** Samples whose mean counts: two seconds. What comes and goes faster is no reason to change. */
    private static final int SAMPLES = 4;

    private static volatile AdaptedThreads current = new AdaptedThreads(0);

    private final int all;
    private final Deque<Double> recent = new ArrayDeque<>();
    private volatile int fitting;
    private volatile double inUse;

    /** @param all threads of a quiet machine; 0 where nothing is adapted */
    AdaptedThreads(int all) {
        this.all = all;
        this.fitting = all;
    }

    /** Whether somebody asked for it. */
    static boolean wanted(Map<String, String> environment) {
        String told = environment.get(VARIABLE);
        if (told == null || told.isBlank()) {
            return false;
        }
        if (!told.strip().equals(ADAPTIVE)) {
            throw new InputException(Words.of(
                    "%s is \"%s\": give \"%s\", so that fewer threads compute while other programs use the processors, or leave it out. A fixed number is chosen by OMP_NUM_THREADS.",
                    VARIABLE, told, ADAPTIVE));
        }
        return true;
    }

    /** From now on, with the threads of now as the most. */
    static void begin() {
        current = new AdaptedThreads(torch.get_num_threads());
    }

    static AdaptedThreads current() {
        return current;
    }

    /** Whether the number of threads of this process changes with what others do. */
    public static boolean inForce() {
        return current.all > 0;
    }

    /**
     * Has the operations that the calling thread begins from now on shared by as many threads as fit; to be called between two
     * steps. Does nothing where nobody asked for it.
     */
    public static void fit() {
        int threads = current.fitting;
        if (threads > 0 && threads != torch.get_num_threads()) {
            torch.set_num_threads(threads);
        }
    }

    /** As many as compute on a quiet machine; 0 where nothing is adapted. */
    public static int most() {
        return current.all;
    }

    /** How many fit now; 0 where nothing is adapted. */
    public static int fitting() {
        return current.fitting;
    }

    /** The processors that other programs used when that number was chosen, on average. */
    public static double usedByOthers() {
        return current.inUse;
    }

    /**
     * @param processors that others used since the sample before
     * @param crowded whether they count as being at work
     * @return how many threads fit from now on
     */
    synchronized int sample(double processors, boolean crowded) {
        if (all == 0) {
            return all;
        }
        recent.addLast(processors);
        if (recent.size() > SAMPLES) {
            recent.removeFirst();
        }
        double mean = recent.stream().mapToDouble(one -> one).average().orElse(0);
        int fits = crowded ? Math.max(1, Math.min(all, (int) Math.floor(all - mean))) : all;
        if (recent.size() == SAMPLES && fits != fitting) {
            inUse = mean;
            fitting = fits;
        }
        return fitting;
    }
}
