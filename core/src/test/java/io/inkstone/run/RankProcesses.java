package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.train.ranks.RankPlace;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** JVMs of a test, each told its place among them as torchrun would tell it. */
final class RankProcesses {
    private static final int LONGEST_SECONDS = 300;

    private final List<Process> processes = new ArrayList<>();
    private final Path folder;

    private RankProcesses(Path folder) {
        this.folder = folder;
    }

    /**
     * Starts {@code ranks} of them.
     *
     * @param folder for what they say
     * @param main of each
     */
    static RankProcesses start(int ranks, Path folder, Class<?> main, Object... words) throws IOException {
        RankProcesses started = new RankProcesses(folder);
        int port = freePort();
        for (int rank = 0; rank < ranks; rank++) {
            RankPlace place = new RankPlace(rank, rank, ranks, "127.0.0.1", port);
            started.processes.add(started.one(place, main, words));
        }
        return started;
    }

    /** One that nobody listens at now. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private Process one(RankPlace place, Class<?> main, Object... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        List.of(words).forEach(word -> command.add(word.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(place.environment());
        builder.environment().put("OMP_NUM_THREADS", "1");
        return builder.redirectErrorStream(true)
                .redirectOutput(log(place.rank()).toFile())
                .start();
    }

    private Path log(int rank) {
        return folder.resolve("rank-" + rank + ".log");
    }

    List<Process> processes() {
        return processes;
    }

    /** What one has said so far. */
    String said(int rank) throws IOException {
        return Files.readString(log(rank));
    }

    /** Waits for the end of all, which must be a good one. */
    void join() throws IOException, InterruptedException {
        for (Process process : processes) {
            boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            assertThat(ended && process.exitValue() == 0)
                    .as(said(processes.indexOf(process)))
                    .isTrue();
        }
    }
}
