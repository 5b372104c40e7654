package io.inkstone.cli;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.recipe.Recipe;
import io.inkstone.train.ranks.RankPlace;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The processes of {@code train --ranks N} on this machine: each is the same command again, told its place as torchrun would
 * tell it. Process 0 speaks for all; this one only watches them.
 */
final class LocalRanks {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long LOOK_MILLISECONDS = 100;
    /** The others notice by themselves that one was killed, and end within half a minute; nobody may be left behind. */
    private static final int NOTICE_SECONDS = 28;
    /** After one that ended by itself: it has told the others, or has waited for them as long as they for it. */
    private static final int LEAVE_SECONDS = 10;

    /** What a shell reports of a process that was asked to end. */
    private static final int TERMINATED = 143;

    private final List<Process> processes = new ArrayList<>();

    /**
     * Starts them and waits for their end.
     *
     * @param words of the command line, without {@code --ranks}
     * @return their exit code: that of process 0, or of the first that failed
     */
    static int run(int ranks, List<String> words) {
        LocalRanks local = new LocalRanks();
        try (Interruption.Instead stopping = Interruption.instead(local::stop)) {
            int port = freePort();
            for (int rank = 0; rank < ranks; rank++) {
                local.processes.add(started(new RankPlace(rank, rank, ranks, LOOPBACK, port), words));
            }
            return local.watch();
        } catch (IOException failure) {
            throw new InputException("The processes could not be started: " + failure.getMessage(), failure);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return Interruption.EXIT;
        } finally {
            local.processes.forEach(Process::destroyForcibly);
        }
    }

    /** Refuses numbers of processes that cannot share the batches of {@code recipe}; returns the number. */
    static int required(int ranks, Recipe recipe) {
        new RankPlace(0, 0, ranks, LOOPBACK, 1).requireDivides(recipe.train().batch());
        return ranks;
    }

    /** The words of a command line that do not say how many processes there are. */
    static List<String> without(List<String> all) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).equals("--ranks")) {
                i++;
            } else if (!all.get(i).startsWith("--ranks=")) {
                words.add(all.get(i));
            }
        }
        return words;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            return socket.getLocalPort();
        }
    }

    private static Process started(RankPlace place, List<String> words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current()
                .info()
                .command()
                .orElse(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(place.environment());
        int cores = Math.max(1, Runtime.getRuntime().availableProcessors() / place.ranks());
        builder.environment().putIfAbsent("OMP_NUM_THREADS", String.valueOf(cores));
        builder.redirectOutput(place.leads() ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(place.leads() ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.DISCARD);
        return builder.start();
    }

    /** Ctrl-C reaches all of them by itself; a signal to this process alone is handed on. */
    private void stop() {
        processes.stream().limit(1).forEach(Process::destroy);
    }

    private int watch() throws InterruptedException {
        while (true) {
            for (int rank = 0; rank < processes.size(); rank++) {
                Process process = processes.get(rank);
                if (!process.isAlive() && process.exitValue() != 0) {
                    return left(rank, process.exitValue());
                }
            }
            if (processes.stream().noneMatch(Process::isAlive)) {
                return 0;
            }
            Thread.sleep(LOOK_MILLISECONDS);
        }
    }

    private int left(int rank, int exit) throws InterruptedException {
        boolean killed = exit > Interruption.EXIT;
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(killed ? NOTICE_SECONDS : LEAVE_SECONDS);
        for (Process process : processes) {
            process.waitFor(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        if (exit == TERMINATED || exit == Interruption.EXIT) {
            return Interruption.EXIT;
        }
        if (rank != 0 || killed) {
            say(Words.of("Process %d of %d ended with exit code %d.", rank, processes.size(), exit));
        }
        for (int other = 0; other < processes.size(); other++) {
            if (processes.get(other).isAlive()) {
                say(Words.of(
                        "Process %d of %d gives no sign of life and was ended. What was saved is intact.",
                        other, processes.size()));
            }
        }
        return exit;
    }

    private static void say(String sentence) {
        System.err.println("inkstone: " + sentence);
    }
}
