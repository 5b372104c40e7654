package io.inkstone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.inkstone.array.AtomicFile;
import io.inkstone.tensor.Hardware;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was measured so far, as report.json for programs and report.md for people; written anew after every row. */
final class Report {
    private static final ObjectMapper JSON =
            new ObjectMapper().registerModule(new Jdk8Module()).enable(SerializationFeature.INDENT_OUTPUT);

    private final Programs programs;
    private final Path folder;
    private final String made = LocalDateTime.now().truncatedTo(ChronoUnit.MINUTES).toString().replace('T', ' ')
            + Programs.given("BENCH_COMMIT").map(commit -> ", commit " + commit).orElse("");
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final Map<String, String> troubles = new LinkedHashMap<>();
    private Optional<JsonNode> rates = Optional.empty();

    /** @param folder where it is written */
    Report(Programs programs, Path folder) {
        this.programs = programs;
        this.folder = folder;
    }

    Path file() {
        return folder.resolve("report.md");
    }

    /** Takes over what the report that lies there has of rows that are not in {@code measured}. */
    void keepAllBut(List<Row> measured) throws IOException {
        Path before = folder.resolve("report.json");
        if (!Files.isRegularFile(before)) {
            return;
        }
        JsonNode old = JSON.readTree(before.toFile());
        List<Row> kept =
                Row.all().stream().filter(row -> !measured.contains(row)).toList();
        for (Row row : kept) {
            for (JsonNode line : old.path("rows")) {
                if (line.path("name").asText().equals(row.name())) {
                    lines.add(Line.read(line, row, made(old)));
                }
            }
            if (old.path("seconds").has(row.name())) {
                seconds.put(row.name(), old.path("seconds").path(row.name()).asDouble());
            }
            if (old.path("troubles").has(row.name())) {
                troubles.put(row.name(), old.path("troubles").path(row.name()).asText());
            }
        }
    }

    private static String made(JsonNode old) {
        return old.has("made")
                ? old.path("made").asText()
                : "%s, commit %s".formatted(old.path("started").asText(), old.path("commit").asText());
    }

    void add(Row row, String task, Map<String, Cell> cells) {
        lines.add(new Line(row, task, cells, made));
        List<String> order = Row.all().stream().map(Row::name).toList();
        lines.sort(Comparator.comparingInt(line -> order.indexOf(line.row().name())));
    }

    void trouble(Row row, String why) {
        troubles.put(row.name(), why);
    }

    void took(Row row, double time) {
        seconds.put(row.name(), time);
    }

    void rates(JsonNode results) {
        rates = Optional.of(results);
    }

    void write() throws IOException {
        byte[] json = JSON.writeValueAsBytes(fields());
        ReportText.Head head = new ReportText.Head(
                made,
                threads(),
                rates,
                programs.python().isPresent(),
                programs.djl().isPresent(),
                seconds,
                troubles);
        byte[] text = new ReportText(head, lines).text().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(folder.resolve("report.json"), out -> out.write(json));
        AtomicFile.write(file(), out -> out.write(text));
    }

    private Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("made", made);
        fields.put("hardware", Hardware.here());
        fields.put("threads", threads());
        fields.put("java", System.getProperty("java.version"));
        fields.put("ratesGigaflops", rates);
        fields.put("seconds", seconds);
        fields.put("troubles", troubles);
        fields.put("rows", lines.stream().map(Line::fields).toList());
        return fields;
    }

    private static String threads() {
        return Programs.given("OMP_NUM_THREADS").orElse("as many as cores");
    }
}
