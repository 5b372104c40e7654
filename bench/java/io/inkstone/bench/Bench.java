package io.inkstone.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.tensor.Hardware;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures row after row and writes the report after each. A side works only when it is told to; the others wait. So all
 * meet the same machine: the first, the second, …, the first again.
 */
public final class Bench {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Turns of each side. */
    static final int ROUNDS = 3;

    private static final int STARTS = 5;

    private final Programs programs = Programs.here();
    private final Plan plan;
    private final Report report;

    /**
     * What was asked for.
     *
     * @param rows names
     * @param compile whether torch.compile takes part
     * @param seconds to spend on each side of a row
     * @param shown the report of the whole set is written, whose other rows and processors are kept; else it is left alone
     * @param tiny with tiny networks
     */
    private record Plan(List<Row> rows, boolean compile, double seconds, boolean shown, boolean tiny) {}

    private Bench(Plan plan) {
        this.plan = plan;
        this.report = new Report(plan.shown() ? programs.home().resolve("bench") : programs.work());
    }

    public static void main(String[] words) throws IOException {
        Locale.setDefault(Locale.ROOT);
        Set<String> names = new LinkedHashSet<>(List.of(words));
        boolean quick = names.remove("--quick");
        boolean list = names.remove("--list");
        boolean add = names.remove("--add");
        List<Row> known = Row.all();
        if (list) {
            known.forEach(row ->
                    System.out.printf("%-16s %s (%s)%n", row.name(), row.title(), String.join(", ", row.tasks())));
            return;
        }
        List<String> unknown = names.stream()
                .filter(name -> known.stream().noneMatch(row -> row.name().equals(name)))
                .toList();
        if (!unknown.isEmpty()) {
            System.err.println("bench: no such row: %s. Rows: %s. Options: --quick, --add, --list."
                    .formatted(
                            String.join(", ", unknown),
                            String.join(", ", known.stream().map(Row::name).toList())));
            System.exit(2);
        }
        boolean tiny = Programs.given("BENCH_TINY").isPresent();
        List<Row> rows = known.stream()
                .filter(row -> names.isEmpty() || names.contains(row.name()))
                .flatMap(row -> quick && names.isEmpty() ? row.quick().stream() : Stream.of(row))
                .map(row -> tiny ? row.tiny() : row)
                .toList();
        boolean compile = !quick && !Programs.given("BENCH_COMPILE").orElse("1").equals("0");
        boolean shown = !tiny && (add || rows.equals(known));
        try {
            double seconds =
                    Programs.given("BENCH_SECONDS").map(Programs::seconds).orElse(quick ? 2.0 : 5.0);
            new Bench(new Plan(rows, compile, seconds, shown, tiny)).run();
        } catch (IllegalStateException refused) {
            System.err.println("bench: " + refused.getMessage());
            System.exit(2);
        }
    }

    private void run() throws IOException {
        if (plan.shown()) {
            report.keepAllBut(plan.rows().stream().map(Row::name).collect(Collectors.toSet()), Hardware.here());
        }
        Circumstances here = circumstances();
        for (Row row : plan.rows()) {
            say("%s: %s".formatted(row.name(), row.title()));
            long start = System.nanoTime();
            Map<String, Map<String, Cell>> tasks = new LinkedHashMap<>();
            row.tasks().forEach(task -> tasks.put(task, new LinkedHashMap<>()));
            String trouble = "";
            try {
                Path folder = folder(row);
                if (row.kind().equals("start")) {
                    startUp(folder, tasks);
                } else {
                    measure(row, folder, tasks);
                }
            } catch (IOException | RuntimeException failure) {
                trouble = String.valueOf(failure.getMessage());
                say("  " + trouble);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            row.tasks().forEach(task -> report.add(new Line(row, task, tasks.get(task), here)));
            if (!trouble.isEmpty()) {
                report.trouble(row, trouble, here.hardware());
            }
            report.took(row, seconds, here.hardware());
            report.write();
            say("  %.0f seconds".formatted(seconds));
        }
        say("report: " + report.file());
    }

    static void say(String line) {
        System.err.println(line);
    }

    private Path folder(Row row) throws IOException {
        Path folder = Files.createDirectories(programs.work().resolve("rows").resolve(row.name()));
        JSON.writeValue(folder.resolve("row.json").toFile(), row);
        int steps = row.traits().alone() ? 4 : Turns.MOST + Turns.MOST_WARM_UPS;
        Side.run(programs.inkstone("prepare", folder, "prepare", String.valueOf(steps)), folder.resolve("prepare.log"));
        return folder;
    }

    private Circumstances circumstances() throws IOException {
        String now =
                LocalDateTime.now().truncatedTo(ChronoUnit.MINUTES).toString().replace('T', ' ');
        return new Circumstances(
                now
                        + Programs.given("BENCH_COMMIT")
                                .map(commit -> ", commit " + commit)
                                .orElse(""),
                Hardware.here(),
                Programs.given("OMP_NUM_THREADS").orElse("as many as cores"),
                System.getProperty("java.version"),
                rates(),
                programs.absent(plan.compile()),
                plan.tiny());
    }

    private Map<String, Double> rates() throws IOException {
        Path folder = Files.createDirectories(programs.work().resolve("rows/rates"));
        JSON.writeValue(folder.resolve("row.json").toFile(), Row.rates());
        try (Side side = new Side(programs.inkstone("rates", folder, "rates"), folder.resolve("rates.log"))) {
            side.answer();
            side.go("rates", 1);
            Map<String, Double> rates = new LinkedHashMap<>();
            side.tell("end")
                    .get("results")
                    .properties()
                    .forEach(rate ->
                            rates.put(rate.getKey(), rate.getValue().path(0).asDouble()));
            return rates;
        } catch (IOException failure) {
            say("rates: " + failure.getMessage());
            return Map.of();
        }
    }

    private void measure(Row row, Path folder, Map<String, Map<String, Cell>> tasks) {
        if (row.traits().busy()) {
            new Busy(row, programs.besideNeighbours(folder), folder).measure(tasks);
            return;
        }
        List<Turns> turns = new ArrayList<>();
        for (Side.Start start : programs.sides(row, folder, plan.compile())) {
            turns.add(new Turns(start, row, tasks));
        }
        if (row.traits().alone()) {
            measureAlone(row, folder, turns);
        } else {
            measureTogether(row, folder, turns);
        }
    }

    private static void measureAlone(Row row, Path folder, List<Turns> turns) {
        for (int round = 0; round < ROUNDS; round++) {
            for (Turns side : turns) {
                if (round == 0
                        || row.tasks().stream().mapToInt(side::least).max().orElse(0) > round) {
                    side.open(folder);
                    side.warm(1);
                    row.tasks().forEach(task -> side.go(task, 1));
                    side.end();
                }
            }
        }
    }

    private void measureTogether(Row row, Path folder, List<Turns> turns) {
        turns.forEach(side -> side.open(folder));
        turns.forEach(side -> side.warm(Turns.MOST_WARM_UPS));
        for (int round = 0; round < ROUNDS; round++) {
            for (Turns side : turns) {
                for (String task : row.tasks()) {
                    side.go(task, share(side.wanted(task, plan.seconds()), round));
                }
            }
        }
        turns.forEach(Turns::end);
    }

    /** How many of {@code count} fall to a round: a single one to the middle one, two to the first and the last. */
    static int share(int count, int round) {
        return shareUntil(count, round + 1) - shareUntil(count, round);
    }

    private static int shareUntil(int count, int round) {
        return (2 * count * round + ROUNDS) / (2 * ROUNDS);
    }

    private void startUp(Path folder, Map<String, Map<String, Cell>> tasks) throws IOException {
        Path run = Files.createTempDirectory(folder, "run").resolve("sprites");
        Path log = folder.resolve("start.log");
        Path weights = folder.resolve("weights.safetensors");
        Side.run(programs.launcher("import", weights.toString(), "--recipe", "sprites", "--out", run.toString()), log);
        programs.starts(folder, run).forEach((task, starts) -> {
            for (int round = 0; round <= STARTS; round++) {
                for (Side.Start start : starts) {
                    Cell cell = tasks.get(task).computeIfAbsent(start.name(), name -> new Cell());
                    try {
                        double time = Side.timed(start, log);
                        if (round > 0) { // the first fills the system's caches
                            cell.add(time);
                        }
                    } catch (IOException failure) {
                        cell.fail(failure.getMessage());
                    }
                }
            }
        });
    }
}
