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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was measured so far, as report.json for programs and report.md for people; written anew after every row. It holds
 * several processors, a chapter each; only the first table has two in a row, a column each.
 */
final class Report {
    private static final ObjectMapper JSON =
            new ObjectMapper().registerModule(new Jdk8Module()).enable(SerializationFeature.INDENT_OUTPUT);

    private final Path folder;
    private final Map<Hardware, OneProcessor> processors = new LinkedHashMap<>();

    /** @param folder where it is written */
    Report(Path folder) {
        this.folder = folder;
    }

    Path file() {
        return folder.resolve("report.md");
    }

    /**
     * Takes over what the report that lies there has: all of other processors, and this one's other rows.
     *
     * @param measured names of the rows that are measured anew
     * @param here this processor
     * @throws IllegalStateException a report of an older form, whose rows do not say where they were measured
     */
    void keepAllBut(Set<String> measured, Hardware here) throws IOException {
        Path before = folder.resolve("report.json");
        if (!Files.isRegularFile(before)) {
            return;
        }
        JsonNode old = JSON.readTree(before.toFile());
        // Until 2026-11 a report held one processor, without a list.
        for (JsonNode part : old.has("processors") ? old.path("processors") : List.of(old)) {
            for (JsonNode fields : part.path("rows")) {
                of(hardware(fields));
            }
            for (OneProcessor processor : List.copyOf(processors.values())) {
                if (!part.has("hardware") || hardware(part).equals(processor.hardware())) {
                    for (Row row : Row.all()) {
                        if (!processor.hardware().equals(here) || !measured.contains(row.name())) {
                            processor.keep(part, row);
                        }
                    }
                }
            }
        }
    }

    private Hardware hardware(JsonNode fields) throws IOException {
        JsonNode where = fields.has("hardware") ? fields : fields.path("circumstances");
        if (!where.has("hardware")) {
            throw new IllegalStateException(
                    "%s does not say where %s was measured, expected a report of this form: move it away, then measure the whole set."
                            .formatted(file(), fields.path("name").asText()));
        }
        return JSON.treeToValue(where.path("hardware"), Hardware.class);
    }

    private OneProcessor of(Hardware hardware) {
        return processors.computeIfAbsent(hardware, OneProcessor::new);
    }

    void add(Line line) {
        of(line.circumstances().hardware()).add(line);
    }

    void trouble(Row row, String why, Hardware here) {
        of(here).trouble(row, why);
    }

    void took(Row row, double time, Hardware here) {
        of(here).took(row, time);
    }

    void write() throws IOException {
        List<OneProcessor> measured = new ArrayList<>(processors.values());
        measured.removeIf(OneProcessor::isEmpty);
        byte[] json = JSON.writeValueAsBytes(
                Map.of("processors", measured.stream().map(OneProcessor::fields).toList()));
        byte[] text = new ReportText(measured).text().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(folder.resolve("report.json"), out -> out.write(json));
        AtomicFile.write(file(), out -> out.write(text));
    }
}
