package io.inkstone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process that does a row's work when it is told to, and nothing in between. It answers {@code warm TASK}, {@code go
 * TASK TIMES} and {@code end} on its standard input with a line of JSON after {@code @bench}.
 */
final class Side implements AutoCloseable {
    /** Compilers are slow; nothing else comes near. */
    private static final long PATIENCE_SECONDS = 900;

    private static final String MARK = "@bench ";
    private static final String GONE = "";
    private static final String CLOCK = "TIMEFORMAT=%3R; output=$1; shift; time \"$@\" >\"$output\" 2>&1 </dev/null";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Writer words;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Path log;

    /**
     * How to start a side.
     *
     * @param name in the report
     * @param command its words
     * @param environment changes: a variable to its value, or to nothing where it is taken away
     */
    record Start(String name, List<String> command, Map<String, Optional<String>> environment) {
        ProcessBuilder builder() {
            ProcessBuilder builder = new ProcessBuilder(command);
            environment.forEach((variable, value) ->
                    value.ifPresentOrElse(text -> builder.environment().put(variable, text), () -> builder.environment()
                            .remove(variable)));
            return builder;
        }
    }

    /** Starts it; what it prints beside its answers goes to {@code log}. */
    Side(Start start, Path log) throws IOException {
        this.log = log;
        process = start.builder().redirectError(log.toFile()).start();
        words = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::listen, "answers of " + start.name());
        reader.setDaemon(true);
        reader.start();
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(MARK)) {
                    answers.add(line.substring(MARK.length()));
                }
            }
        } catch (IOException closed) {
            // The same as its end.
        }
        answers.add(GONE);
    }

    /** Waits for the next answer. */
    JsonNode answer() throws IOException {
        try {
            String line = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new IOException("no answer in " + PATIENCE_SECONDS + " seconds");
            }
            if (line.equals(GONE)) {
                throw new IOException(lastWords(log, "ended without a word"));
            }
            return JSON.readTree(line);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    /** Why a program ended: the last line of its log that is not a place in a program. */
    private static String lastWords(Path log, String otherwise) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(log));
        lines.removeIf(line -> line.isBlank() || line.matches("\\s+at .*|\\s*\\.\\.\\. \\d+ more|\\s+\\^+"));
        return lines.isEmpty() ? otherwise : lines.get(lines.size() - 1).strip();
    }

    /** Tells it what to do and waits for the answer. */
    JsonNode tell(String line) throws IOException {
        try {
            words.write(line + "\n");
            words.flush();
        } catch (IOException gone) {
            return answer(); // says why
        }
        return answer();
    }

    double warm(String task) throws IOException {
        return tell("warm " + task).get("milliseconds").asDouble();
    }

    double[] go(String task, int times) throws IOException {
        JsonNode all = tell("go %s %d".formatted(task, times)).get("milliseconds");
        double[] milliseconds = new double[all.size()];
        for (int i = 0; i < milliseconds.length; i++) {
            milliseconds[i] = all.get(i).asDouble();
        }
        return milliseconds;
    }

    @Override
    public void close() {
        try {
            words.close();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Runs a program to its end; what it prints goes to {@code log}. */
    static void run(Start start, Path log) throws IOException {
        finish(start, log, log);
    }

    /**
     * The same, and the milliseconds that it took by a shell's clock: a user starts it from one, and what starting
     * something from here costs is not in them.
     */
    static double timed(Start start, Path log) throws IOException {
        Path clock = log.resolveSibling(log.getFileName() + ".seconds");
        List<String> command = new ArrayList<>(List.of("bash", "-c", CLOCK, "bash", log.toString()));
        command.addAll(start.command());
        finish(new Start(start.name(), command, start.environment()), clock, log);
        return 1000 * Double.parseDouble(Files.readString(clock).strip().replace(',', '.'));
    }

    private static void finish(Start start, Path output, Path log) throws IOException {
        Process process = start.builder()
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("did not end in " + PATIENCE_SECONDS + " seconds");
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
        if (process.exitValue() != 0) {
            throw new IOException(lastWords(log, "exit code " + process.exitValue()));
        }
    }
}
