package io.inkstone.bench;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Another program on the same cores: works on one of them all the time, or by turns of 5 ms. Started as a process of its own. */
public enum Neighbour {
    /** None: what the others are compared with. */
    QUIET,
    SPINNING,
    TURNS;

    private static final long TURN_NANOS = 5_000_000;

    /** The task of a row, as its report calls it. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Starts it; closing ends it. */
    Visit begin() throws IOException, InterruptedException {
        if (this == QUIET) {
            return () -> {};
        }
        List<String> command = List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx16m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Neighbour.class.getName(),
                name());
        Process process = new Side.Start(word(), command, Map.<String, Optional<String>>of())
                .builder()
                .redirectErrorStream(true)
                .start();
        process.getInputStream().read(); // it says when it begins
        return () -> process.destroyForcibly().waitFor();
    }

    /** As long as the neighbour is there. */
    interface Visit extends AutoCloseable {
        @Override
        void close() throws InterruptedException;
    }

    public static void main(String[] words) {
        boolean turns = valueOf(words[0]) == TURNS;
        System.out.println("begins");
        System.out.flush();
        while (true) {
            long end = System.nanoTime() + TURN_NANOS;
            while (System.nanoTime() < end) {
                // works
            }
            if (turns) {
                LockSupport.parkNanos(TURN_NANOS);
            }
        }
    }
}
