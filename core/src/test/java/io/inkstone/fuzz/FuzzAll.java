package io.inkstone.fuzz;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Jazzer, led by coverage, on one reader after another, each in a process of its own: {@code SECONDS [READER…]}. What it
 * learns stays in {@code target/fuzz}, and the next search starts from there; an input that is a fault lies there too.
 */
public final class FuzzAll {
    private static final Path HOME = Path.of("target/fuzz");
    private static final Pattern EXECUTED = Pattern.compile("stat::number_of_executed_units:\\s*(\\d+)");
    /** A single input that takes longer hangs. */
    private static final int SECONDS_AN_INPUT = 10;

    private FuzzAll() {}

    public static void main(String[] words) throws IOException, InterruptedException {
        int seconds = Integer.parseInt(words[0]);
        List<Reader> readers = words.length == 1
                ? List.of(Reader.values())
                : Stream.of(words).skip(1).map(Reader::valueOf).toList();
        long inputs = 0;
        long faults = 0;
        for (Reader reader : readers) {
            Path place = Files.createDirectories(HOME.resolve(reader.name()));
            seed(reader, place);
            Path log = place.resolve("log");
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            long tried = 0;
            boolean fault = false;
            // A search that ended because the machine was asleep, or others had it, goes on from what it has learned.
            for (long left = seconds;
                    left > 0 && !fault;
                    left = TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime())) {
                fault = search(reader, left, place, log) != 0 && !onlyWaited(reader, place);
                tried += executed(log);
            }
            System.out.printf("%-18s %,12d inputs  %s%n", reader, tried, fault ? "a fault, see " + log : "no fault");
            inputs += tried;
            faults += fault ? 1 : 0;
        }
        System.out.printf("%-18s %,12d inputs  %d readers with a fault%n", "all", inputs, faults);
        System.exit(faults == 0 ? 0 : 1);
    }

    private static void seed(Reader reader, Path place) throws IOException {
        Path corpus = Files.createDirectories(place.resolve("corpus"));
        List<byte[]> seeds = ReaderSeeds.of(reader, Files.createTempDirectory("seeds"));
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(corpus.resolve("seed-" + i), seeds.get(i));
        }
    }

    private static int search(Reader reader, long seconds, Path place, Path log)
            throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // JARs and classes alike; Jazzer finds its own among them.
        String classes = System.getProperty("java.class.path", "").replace("::", File.pathSeparator);
        ProcessBuilder builder = new ProcessBuilder(
                java,
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=true",
                "-cp",
                classes,
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzTarget.class.getName(),
                "--target_args=" + reader.name(),
                "--instrumentation_includes=io.inkstone.**",
                "--reproducer_path=" + place,
                "-artifact_prefix=" + place + File.separator,
                "-max_total_time=" + seconds,
                "-timeout=" + SECONDS_AN_INPUT,
                "-rss_limit_mb=3000",
                "-max_len=8192",
                "-print_final_stats=1",
                place.resolve("corpus").toString());
        return builder.redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
    }

    /**
     * Whether nothing was found but inputs that took long, and take no time now: the machine was asleep, or others had it. Those
     * are removed.
     */
    private static boolean onlyWaited(Reader reader, Path place) throws IOException, InterruptedException {
        try (Stream<Path> found = Files.list(place)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith("timeout-") && quick(reader, Files.readAllBytes(file))) {
                    Files.delete(file);
                } else if (name.matches("(timeout|crash|oom|leak)-.*")) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean quick(Reader reader, byte[] input) throws IOException, InterruptedException {
        Place place = FuzzTarget.place();
        AtomicBoolean answered = new AtomicBoolean();
        Thread reading = new Thread(() -> {
            try {
                FuzzTarget.read(reader, input, place);
                answered.set(true);
            } catch (IOException unread) {
                throw new UncheckedIOException(unread);
            }
        });
        reading.setDaemon(true);
        reading.start();
        reading.join(SECONDS_AN_INPUT * 1000L);
        if (answered.get()) {
            place.remove();
        }
        return answered.get();
    }

    private static long executed(Path log) throws IOException {
        String[] lines = Files.readString(log, java.nio.charset.StandardCharsets.ISO_8859_1)
                .split("\n");
        return Arrays.stream(lines)
                .map(EXECUTED::matcher)
                .filter(Matcher::find)
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .max()
                .orElse(0);
    }
}
