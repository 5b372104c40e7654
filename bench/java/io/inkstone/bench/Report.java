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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was measured so far, as report.json for programs and report.md for people; written anew after every row. */
final class Report {
    private static final ObjectMapper JSON =
            new ObjectMapper().registerModule(new Jdk8Module()).enable(SerializationFeature.INDENT_OUTPUT);

    private final Path folder;
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final Map<String, String> troubles = new LinkedHashMap<>();

    /** @param folder where it is written */
    Report(Path folder) {
        this.folder = folder;
    }

    Path file() {
        return folder.resolve("report.md");
    }

    /**
     * Takes over what the report that lies there has of other rows.
     *
     * @param measured names of the rows that are measured anew
     * @throws IllegalStateException a row that would be kept is of another processor, or of a report of an older form
     */
    void keepAllBut(Set<String> measured, Hardware here) throws IOException {
        Path before = folder.resolve("report.json");
        if (!Files.isRegularFile(before)) {
            return;
        }
        JsonNode old = JSON.readTree(before.toFile());
        for (Row row : Row.all()) {
            if (!measured.contains(row.name())) {
                for (JsonNode line : old.path("rows")) {
                    if (line.path("name").asText().equals(row.name())) {
                        lines.add(kept(line, row, here));
                    }
                }
                if (old.path("seconds").has(row.name())) {
                    seconds.put(row.name(), old.path("seconds").path(row.name()).asDouble());
                }
                if (old.path("troubles").has(row.name())) {
                    troubles.put(
                            row.name(), old.path("troubles").path(row.name()).asText());
                }
            }
        }
    }

    private Line kept(JsonNode fields, Row row, Hardware here) throws IOException {
        String instead = "measure the whole set (bench/run), or these rows by themselves (without --add).";
        if (!fields.has("circumstances")) {
            throw new IllegalStateException("%s does not say where %s was measured, expected a report of this form: %s"
                    .formatted(file(), row.name(), instead));
        }
        Line line = Line.read(fields, row);
        Hardware there = line.circumstances().hardware();
        if (!there.equals(here)) {
            throw new IllegalStateException("%s was measured on %s, expected this processor, %s: %s"
                    .formatted(row.name(), there.describe(), here.describe(), instead));
        }
        return line;
    }

    void add(Line line) {
        lines.add(line);
        List<String> order = Row.all().stream().map(Row::name).toList();
        lines.sort(Comparator.comparingInt(each -> order.indexOf(each.row().name())));
    }

    void trouble(Row row, String why) {
        troubles.put(row.name(), why);
    }

    void took(Row row, double time) {
        seconds.put(row.name(), time);
    }

    void write() throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seconds", seconds);
        fields.put("troubles", troubles);
        fields.put("rows", lines.stream().map(Line::fields).toList());
        byte[] json = JSON.writeValueAsBytes(fields);
        byte[] text = new ReportText(lines, seconds, troubles).text().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(folder.resolve("report.json"), out -> out.write(json));
        AtomicFile.write(file(), out -> out.write(text));
    }
}
