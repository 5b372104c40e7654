package io.inkstone.tensor;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.File;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How this process shares its processors with other programs, on Linux; docs/performance.md says what it gives.
 *
 * <p>An operation is as slow as the slowest of the threads that share it. So a thread that is ready should run soon, if only
 * for a moment: all threads of the process ask the scheduler for short turns, which changes nothing of how much they get, and no byte
 * of what is computed. How threads wait for each other is seen to by {@link Neighbours}.
 */
final class SharedCores {
    private static final String SPINS = "GOMP_SPINCOUNT";
    private static final String WAITING = "OMP_WAIT_POLICY";
    private static final String SLICE = "INKSTONE_SLICE_MICROSECONDS";

    /** What the kernel takes. */
    private static final int SHORTEST = 100;

    private static final int LONGEST = 100_000;
    /** What the kernel calls sched_attr: size, policy, flags, nice, priority, runtime, and more that stays as it is. */
    private static final int ATTRIBUTES = 56;

    private static final int POLICY = 4;
    private static final int RUNTIME = 24;

    private static final int MOST_PASSES = 10;

    private SharedCores() {}

    /**
     * Threads that begin later are like those that begin them.
     * Where the system refuses, everything works as well, only slower beside other programs.
     *
     * @param microseconds of a turn; 0 leaves turns as they are
     */
    static void prepare(int microseconds) {
        if (!System.getProperty("os.name").equals("Linux")) {
            return;
        }
        try {
            Optional<Calls> calls = Calls.of(System.getProperty("os.arch"));
            if (microseconds > 0 && calls.isPresent()) {
                shorten(microseconds * 1000L, calls.get());
            }
        } catch (LinkageError | RuntimeException refused) {
            // JNA cannot unpack its library, or this is another C library
        }
    }

    /** Whether somebody said how threads wait for each other. */
    static boolean waitIsChosen(Map<String, String> environment) {
        return environment.containsKey(SPINS) || environment.containsKey(WAITING);
    }

    /** The length of a turn that somebody chose, or ours. */
    static int sliceMicroseconds(Map<String, String> environment) {
        String told = environment.getOrDefault(SLICE, String.valueOf(SHORTEST)).strip();
        int slice = told.matches("\\d{1,6}") ? Integer.parseInt(told) : -1;
        if (slice != 0 && (slice < SHORTEST || slice > LONGEST)) {
            throw new InputException(Words.of(
                    "%s is \"%s\": give the microseconds of a turn, %d to %d, or 0 to leave the scheduler's turns as they are.",
                    SLICE, told, SHORTEST, LONGEST));
        }
        return slice;
    }

    /** Again and again until no thread is new: one that began meanwhile may be as the one that began it was before. */
    private static void shorten(long nanoseconds, Calls calls) {
        Function system = NativeLibrary.getInstance("c").getFunction("syscall");
        Set<String> done = new HashSet<>();
        boolean more = true;
        for (int pass = 0; more && pass < MOST_PASSES; pass++) {
            more = false;
            for (String thread : threads()) {
                if (done.add(thread)) {
                    shorten(Long.parseLong(thread), nanoseconds, calls, system);
                    more = true;
                }
            }
        }
    }

    private static String[] threads() {
        return Objects.requireNonNullElse(new File("/proc/self/task").list(), new String[0]);
    }

    private static void shorten(long thread, long nanoseconds, Calls calls, Function system) {
        try (Memory attributes = new Memory(ATTRIBUTES)) {
            attributes.clear();
            Object read =
                    system.invoke(long.class, new Object[] {calls.read(), thread, attributes, (long) ATTRIBUTES, 0L});
            boolean ordinary = attributes.getInt(POLICY) == 0;
            if (read.equals(0L) && ordinary) {
                attributes.setLong(RUNTIME, nanoseconds);
                system.invoke(long.class, new Object[] {calls.write(), thread, attributes, 0L});
            }
        }
    }

    /** Numbers of sched_getattr and sched_setattr, which few C libraries have a function for. */
    private record Calls(long read, long write) {
        static Optional<Calls> of(String processor) {
            return switch (processor) {
                case "amd64", "x86_64" -> Optional.of(new Calls(315, 314));
                case "aarch64" -> Optional.of(new Calls(275, 274));
                default -> Optional.empty();
            };
        }
    }
}
