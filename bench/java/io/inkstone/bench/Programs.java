package io.inkstone.bench;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How every side is started here, as {@code bench/run} found it.
 *
 * @param home the project's root
 * @param python an interpreter that has torch; none where there is no such thing
 * @param djl class path of bench/djl; none where it could not be built
 * @param launcher variables that Inkstone's launcher sets, set in our own environment
 */
record Programs(Path home, Optional<String> python, Optional<String> djl, List<String> launcher) {
    static final String INKSTONE = "inkstone";
    static final String PUBLISHED = "published";
    static final String BEST = "best";
    static final String COMPILED = "compiled";
    static final String LIBRARY = "library";
    static final String DJL = "djl";
    static final String CEILING = "ceiling";
    static final String FLOAT32 = ".float32";
    static final String ADAPTIVE = ".adaptive";

    static Programs here() {
        return new Programs(
                Path.of(System.getenv("BENCH_HOME")),
                given("BENCH_PYTHON"),
                given("BENCH_DJL"),
                Arrays.asList(given("BENCH_LAUNCHER").orElse("").split(" ")));
    }

    static Optional<String> given(String variable) {
        return Optional.ofNullable(System.getenv(variable)).filter(text -> !text.isBlank());
    }

    /**
     * What BENCH_SECONDS says.
     *
     * @throws IllegalStateException with a sentence for people, if that is no number above 0
     */
    static double seconds(String text) {
        try {
            double seconds = Double.parseDouble(text);
            if (seconds > 0 && Double.isFinite(seconds)) {
                return seconds;
            }
        } catch (NumberFormatException noNumber) {
            // said below, with the other texts that are no time
        }
        throw new IllegalStateException(
                "BENCH_SECONDS is \"%s\", not a number of seconds above 0: say BENCH_SECONDS=5, for example.".formatted(text));
    }

    Path work() {
        return home.resolve("bench/target");
    }

    /** Who takes no part in any row, in words. */
    List<String> absent(boolean compile) {
        List<String> absent = new ArrayList<>();
        if (python.isEmpty()) {
            absent.add("the reference programs (no Python with PyTorch)");
        } else if (!compile) {
            absent.add("torch.compile");
        }
        if (djl.isEmpty()) {
            absent.add("DJL");
        }
        return absent;
    }

    /** Those that take part in a row, in the order in which they take turns. */
    List<Side.Start> sides(Row row, Path folder, boolean compile) {
        List<Side.Start> sides = new ArrayList<>();
        // A network of gigabytes is measured in the precision that each side finds the faster one.
        boolean twoPrecisions = row.computes() && !row.kind().equals(Row.STABLE);
        if (row.computes()) {
            sides.add(inTurns(inkstone(CEILING, folder, "ceiling")));
        }
        sides.add(inTurns(inkstone(INKSTONE, folder, "auto")));
        python.ifPresent(interpreter -> sides.add(python(interpreter, PUBLISHED, folder, "published")));
        python.ifPresent(interpreter -> sides.add(python(interpreter, BEST, folder, "best")));
        if (compile && row.traits().compiled()) {
            python.ifPresent(interpreter -> sides.add(python(interpreter, COMPILED, folder, "compiled")));
        }
        if (twoPrecisions) {
            sides.add(inTurns(inkstone(INKSTONE + FLOAT32, folder, "float32")));
            if (!row.traits().alone()) {
                python.ifPresent(interpreter -> sides.add(python(interpreter, BEST + FLOAT32, folder, "best-float32")));
            }
        }
        if (row.traits().library()) {
            sides.add(inTurns(new Side.Start(LIBRARY, java(List.of(), folder, "auto"), without(launcher))));
        }
        if (row.traits().djl()) {
            djl.ifPresent(classPath -> sides.add(new Side.Start(
                    DJL,
                    List.of(javaProgram(), "-cp", classPath, "io.inkstone.bench.djl.DjlSide", folder.toString()),
                    without(launcher))));
        }
        return sides;
    }

    /** Those that are measured on a busy machine. */
    List<Side.Start> besideNeighbours(Path folder) {
        Side.Start plain = inkstone(INKSTONE, folder, "auto");
        List<Side.Start> sides = new ArrayList<>(List.of(
                plain,
                new Side.Start(
                        INKSTONE + ADAPTIVE, plain.command(), Map.of("INKSTONE_THREADS", Optional.of("adaptive")))));
        python.ifPresent(interpreter -> sides.add(python(interpreter, BEST, folder, "best")));
        return sides;
    }

    /**
     * Sides that take turns lie idle beside the one that works. Inkstone would take that one for a neighbour, and wait more
     * sparingly for half a second of its own turn; so it is told to wait as libgomp does where nothing else is at work.
     */
    private static Side.Start inTurns(Side.Start start) {
        Map<String, Optional<String>> environment = new LinkedHashMap<>(start.environment());
        environment.put("GOMP_SPINCOUNT", Optional.of("300000"));
        return new Side.Start(start.name(), start.command(), environment);
    }

    Side.Start inkstone(String name, Path folder, String... words) {
        return new Side.Start(name, java(List.of("-XX:+UseSerialGC"), folder, words), Map.of());
    }

    private static List<String> java(List<String> options, Path folder, String... words) {
        List<String> command = new ArrayList<>(List.of(javaProgram()));
        command.addAll(options);
        command.addAll(List.of(
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                InkstoneSide.class.getName(),
                folder.toString()));
        command.addAll(List.of(words));
        return command;
    }

    private static String javaProgram() {
        return System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    }

    private Side.Start python(String interpreter, String name, Path folder, String variant) {
        return python(interpreter, name, "side.py", folder.toString(), variant);
    }

    private Side.Start python(String interpreter, String name, String program, String... words) {
        List<String> command = new ArrayList<>(List.of(
                interpreter, home.resolve("bench/reference").resolve(program).toString()));
        command.addAll(List.of(words));
        Map<String, Optional<String>> environment = without(name.equals(PUBLISHED) ? launcher : notOfTheAllocator());
        environment.put("PYTHONDONTWRITEBYTECODE", Optional.of("1"));
        environment.put(
                "TORCHINDUCTOR_CACHE_DIR",
                Optional.of(work().resolve("inductor").toString()));
        return new Side.Start(name, command, environment);
    }

    /** Who runs as well as it can gets memory as Inkstone does; threads are what its own library is tuned for. */
    private List<String> notOfTheAllocator() {
        return launcher.stream()
                .filter(name -> !name.startsWith("MALLOC_") && !name.startsWith("GLIBC_"))
                .toList();
    }

    /** Who runs as a reader would run it does without what our launcher sets. */
    private static Map<String, Optional<String>> without(List<String> variables) {
        Map<String, Optional<String>> changes = new LinkedHashMap<>();
        variables.stream().filter(name -> !name.isBlank()).forEach(name -> changes.put(name, Optional.empty()));
        return changes;
    }

    /** Whole programs for the row of start-up, by task. */
    Map<String, List<Side.Start>> starts(Path folder, Path run) {
        Map<String, List<Side.Start>> all = new LinkedHashMap<>();
        String picture = folder.resolve("one.png").toString();
        List<Side.Start> help = new ArrayList<>(List.of(launcher("--help")));
        List<Side.Start> one = new ArrayList<>(List.of(launcher(
                "sample", run.toString(), "--context", "none", "--count", "1", "--steps", "20", "--out", picture, "--force")));
        python.ifPresent(interpreter -> {
            help.add(python(interpreter, PUBLISHED, "draw.py", "--help"));
            one.add(python(interpreter, PUBLISHED, "draw.py", folder.toString(), picture));
        });
        all.put("help", help);
        all.put("one-sprite", one);
        return all;
    }

    Side.Start launcher(String... words) {
        List<String> command = new ArrayList<>(List.of(home.resolve("inkstone").toString()));
        command.addAll(List.of(words));
        return new Side.Start(
                INKSTONE, command, without(launcher)); // it sets them for Java, not for the shell around it
    }
}
