package io.inkstone.serve;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trainings begun from the page, each a process of its own that is the command line's {@code train}: what it takes of memory,
 * or an end of its own, touches no picture that is drawn here. One at a time. A server that is killed leaves it at work, and the
 * next one knows it again.
 */
final class Trainings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Trainings.class);

    /** Exit codes of trainings that ended well, or were asked to end and saved. */
    private static final List<Integer> WELL = List.of(0, 130, 143);

    private static final Duration SAVING = Duration.ofSeconds(20);

    private final Database database;
    private final Path logs;
    private final String host;
    private final Map<String, ProcessHandle> atWork = new ConcurrentHashMap<>();

    /** Where a training stands. */
    enum State {
        AT_WORK,
        ENDED,
        FAILED;

        String word() {
            return io.inkstone.Choices.word(this);
        }
    }

    /** @param logs folder of what each says */
    Trainings(Database database, Path logs) {
        this.database = database;
        this.logs = logs;
        host = database.isShared() ? thisMachine() : "";
    }

    /** Knows again what an earlier server began and did not end. */
    void adopt() {
        record Left(String run, long pid, long began) {}
        database.rows(
                        row -> new Left(row.getString(1), row.getLong(2), row.getLong(3)),
                        "select run, pid, began from training where exit_code is null and host = ?",
                        host)
                .forEach(left -> ProcessHandle.of(left.pid())
                        .filter(process -> began(process) == left.began())
                        .ifPresentOrElse(process -> watch(left.run(), process), () -> ended(left.run(), 0)));
    }

    private static long began(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private void watch(String run, ProcessHandle process) {
        atWork.put(run, process);
        process.onExit().thenRun(() -> {
            if (atWork.remove(run, process)) {
                ended(run, 0); // not our child: how it ended is in its log
            }
        });
    }

    private void ended(String run, int code) {
        try {
            database.change("update training set exit_code = ? where run = ?", code, run);
        } catch (IllegalStateException closed) {
            LOG.debug("The server ended before its training.", closed);
        }
    }

    /**
     * Begins.
     *
     * @param words of the command line
     */
    synchronized void begin(String run, List<String> words) {
        atWork.keySet().stream().findFirst().ifPresent(other -> {
            throw new ApiError(
                    ApiError.Kind.CONFLICT,
                    Words.of("'%s' is being trained: wait until it ends, or stop it first.", other));
        });
        try {
            Files.createDirectories(logs);
            Process process = new ProcessBuilder(command(words))
                    .redirectErrorStream(true)
                    .redirectOutput(log(run).toFile())
                    .start();
            process.getOutputStream().close();
            atWork.put(run, process.toHandle());
            remember(run, process.toHandle());
            process.onExit().thenAccept(over -> {
                if (atWork.remove(run, over.toHandle())) {
                    ended(run, over.exitValue());
                }
            });
            LOG.info("Training of {} began.", run);
        } catch (IOException failure) {
            throw new InputException("The training could not be started: " + failure.getMessage(), failure);
        }
    }

    private void remember(String run, ProcessHandle process) {
        database.in(connection -> {
            Database.change(connection, "delete from training where run = ?", run);
            return Database.change(
                    connection,
                    "insert into training (run, pid, began, host) values (?, ?, ?, ?)",
                    run,
                    process.pid(),
                    began(process),
                    host);
        });
    }

    /** Process numbers of another machine mean nothing here. */
    private static String thisMachine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "this machine";
        }
    }

    private static boolean isOurs(ProcessHandle process) {
        return process.parent().filter(ProcessHandle.current()::equals).isPresent();
    }

    private static List<String> command(List<String> words) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current()
                .info()
                .command()
                .orElse(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-agentlib") && !option.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.inkstone.cli.Main"));
        command.addAll(words);
        return command;
    }

    private Path log(String run) {
        return logs.resolve(run + ".txt");
    }

    /** How the training of a run stands, if it was begun here. */
    Optional<State> state(String run) {
        if (atWork.containsKey(run)) {
            return Optional.of(State.AT_WORK);
        }
        return database
                .rows(
                        row -> row.getInt(1),
                        "select exit_code from training where run = ? and exit_code is not null",
                        run)
                .stream()
                .findFirst()
                .map(code -> WELL.contains(code) ? State.ENDED : State.FAILED);
    }

    /** Names of all that were begun here. */
    List<String> runs() {
        return database.rows(row -> row.getString(1), "select run from training order by began desc");
    }

    /** What the last sitting said so far; empty where none was begun here. */
    String said(String run) {
        try {
            return Files.isRegularFile(log(run)) ? Files.readString(log(run), StandardCharsets.UTF_8) : "";
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** Why it failed: the last sentence that it said. */
    Optional<String> complaint(String run) {
        return said(run)
                .lines()
                .filter(line -> line.startsWith("inkstone: "))
                .reduce((earlier, later) -> later)
                .map(line -> line.substring("inkstone: ".length()));
    }

    /** Asks it to end after the batch at hand, saved. */
    void stop(String run) {
        ProcessHandle process = atWork.get(run);
        if (process == null) {
            throw new ApiError(
                    ApiError.Kind.CONFLICT,
                    Words.of("'%s' is not being trained by this server: stop it where it was started.", run));
        }
        process.destroy();
    }

    /** Asks all to end, and waits for a while until they are saved. */
    @Override
    public void close() {
        List<ProcessHandle> left = atWork.values().stream()
                .filter(process -> !database.isShared() || isOurs(process))
                .toList();
        left.forEach(ProcessHandle::destroy);
        for (ProcessHandle process : left) {
            try {
                process.onExit().get(SAVING.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException now) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException itGoesOnSaving) {
                LOG.warn("A training still saves: it ends by itself.");
            }
        }
    }
}
