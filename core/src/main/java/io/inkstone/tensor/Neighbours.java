package io.inkstone.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;

/**
 * Lets libgomp's threads wait by sleeping while other programs use our processors, and by spinning while none does, on Linux.
 *
 * <p>Where small operations follow each other closely, spinning is the fastest wait; beside another program it uses up the share of the
 * very thread that is waited for. libgomp reads how long it spins when it is loaded, but spins 1,000 rounds in place of 300,000 as
 * long as it has begun more threads than there are processors. So while others are at work, one idle thread here holds threads
 * of its own. No operation is split otherwise for that: not a byte changes.
 *
 * <p>Not beside kernels that spin themselves: oneDNN's gradients of convolutions' weights for AMX wait inside an operation for threads
 * that were asleep when it began, and one that sleeps is woken on the processor of the one that spins. There sleeping costs
 * more than it gives, and beside others only one thread is fast.
 */
public final class Neighbours implements Runnable {
    private static final Path ALL = Path.of("/proc/stat");
    private static final Path OURS = Path.of("/proc/self/stat");
    private static final Path STATUS = Path.of("/proc/self/status");

    private static final long EVERY_MILLIS = 500;
    /** Time units of the kernel's files in a second. */
    private static final double UNITS = 100;

    /** Processors in use by others that are noticed, and so few that they are no more. */
    private static final double BUSY = 0.25;

    private static final double QUIET = 0.1;

    /** Elements enough to be shared by all threads. */
    private static final long MANY = 1L << 18;

    /** Numbers in a processor's line of the kernel's file: user, nice, system, idle, waiting, two of interrupts. */
    private static final int IDLE = 4;

    private static final int WAITING = 5;
    private static final int LAST = 7;

    /** What was told within this time still holds. */
    private static final long RECENT_NANOS = 2_000_000_000L;

    /** Samples in a row after which others are no passing guests: ten seconds. */
    private static final int SETTLED = 20;

    private static volatile Optional<Long> spinsSince = Optional.empty();
    private static volatile boolean settled;

    private final boolean sleeps;
    private Optional<CountDownLatch> crowd = Optional.empty();
    private boolean others;
    private int samplesWithOthers;

    /** @param sleeps whether threads may be told to sleep */
    Neighbours(boolean sleeps) {
        this.sleeps = sleeps;
    }

    /** Tells, at each step, that gradients are formed by kernels whose threads spin. */
    public static void besideSpinningKernels() {
        spinsSince = Optional.of(System.nanoTime());
    }

    /** Whether other programs have used our processors for some time, and steps wait for them more than they need to. */
    public static boolean slowSteps() {
        return settled && spins() && torch.get_num_threads() > 1;
    }

    private static boolean spins() {
        return spinsSince
                .filter(told -> System.nanoTime() - told < RECENT_NANOS)
                .isPresent();
    }

    /**
     * After libtorch was loaded. Nothing where the system has no such files; threads wait as somebody said, where somebody
     * did.
     */
    static void watch(Map<String, String> environment) {
        boolean ours = !SharedCores.waitIsChosen(environment);
        if (!ours && !AdaptedThreads.inForce() || !Files.isReadable(ALL) || !Files.isReadable(OURS)) {
            return;
        }
        Thread watcher = new Thread(new Neighbours(ours), "inkstone-neighbours");
        watcher.setDaemon(true);
        watcher.start();
    }

    @Override
    public void run() {
        try {
            BitSet processors = allowed(Files.readAllLines(STATUS));
            Sample before = Sample.now(processors);
            while (true) {
                TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
                Sample now = Sample.now(processors);
                meet(now.othersSince(before));
                before = now;
            }
        } catch (IOException | RuntimeException | InterruptedException none) {
            // Without these files, threads wait as they always did.
            crowd.ifPresent(CountDownLatch::countDown);
        }
    }

    /** @return whether threads sleep from now on */
    boolean meet(double inUse) {
        others = isCrowded(others, inUse);
        samplesWithOthers = others ? samplesWithOthers + 1 : 0;
        settled = samplesWithOthers >= SETTLED;
        AdaptedThreads.current().sample(inUse, others);
        if (crowd.isPresent() != (sleeps && others && !spins())) {
            change();
        }
        return crowd.isPresent();
    }

    /** @param others processors in use by them, on average */
    static boolean isCrowded(boolean wasCrowded, double others) {
        return others >= (wasCrowded ? QUIET : BUSY);
    }

    private void change() {
        crowd.ifPresent(CountDownLatch::countDown);
        crowd = crowd.isPresent() ? Optional.empty() : Optional.of(gather());
    }

    /** A thread that has operations of its own to share has threads of libgomp to itself until it ends. */
    private static CountDownLatch gather() {
        CountDownLatch end = new CountDownLatch(1);
        Thread holder = new Thread(
                () -> {
                    try (PointerScope scope = new PointerScope()) {
                        torch.ones(MANY).add_(new Scalar(1));
                    }
                    try {
                        end.await();
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                },
                "inkstone-crowd");
        holder.setDaemon(true);
        holder.start();
        return end;
    }

    /** The processors that this process may use. */
    static BitSet allowed(List<String> status) {
        BitSet processors = new BitSet();
        status.stream().filter(line -> line.startsWith("Cpus_allowed_list:")).forEach(line -> {
            for (String range : line.substring(line.indexOf(':') + 1).strip().split(",")) {
                String[] ends = range.split("-");
                processors.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
            }
        });
        return processors;
    }

    /**
     * @param all units of time that our processors were at work since the system began
     * @param ours units of them for this process
     */
    record Sample(long nanos, long all, long ours) {
        private static Sample now(BitSet processors) throws IOException {
            return of(System.nanoTime(), Files.readAllLines(ALL), Files.readString(OURS), processors);
        }

        static Sample of(long nanos, List<String> system, String process, BitSet processors) {
            long all = 0;
            for (String line : system) {
                if (!line.startsWith("cpu")) {
                    continue; // one of these lines has a number for each kind of interrupt
                }
                String[] words = line.split(" +");
                if (words[0].length() > 3 && processors.get(Integer.parseInt(words[0].substring(3)))) {
                    for (int i = 1; i <= LAST; i++) {
                        all += i == IDLE || i == WAITING ? 0 : Long.parseLong(words[i]);
                    }
                }
            }
            // The name may hold blanks; behind its bracket the 12th and 13th words are time in programs and in the
            // system.
            String[] words = process.substring(process.lastIndexOf(')') + 2).split(" ");
            return new Sample(nanos, all, Long.parseLong(words[11]) + Long.parseLong(words[12]));
        }

        /** Processors that others used since then, on average. */
        double othersSince(Sample then) {
            double seconds = (nanos - then.nanos) / 1e9;
            return ((all - then.all) - (ours - then.ours)) / UNITS / seconds;
        }
    }
}
