package io.inkstone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.tensor.Hardware;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured on one processor. */
final class OneProcessor {
    private final Hardware hardware;
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final Map<String, String> troubles = new LinkedHashMap<>();

    OneProcessor(Hardware hardware) {
        this.hardware = hardware;
    }

    /** Adds what an earlier report, or a part of it, holds of a row on this processor. */
    void keep(JsonNode old, Row row) throws IOException {
        for (JsonNode fields : old.path("rows")) {
            if (fields.path("name").asText().equals(row.name())) {
                Line line = Line.read(fields, row);
                if (line.circumstances().hardware().equals(hardware)) {
                    lines.add(line);
                }
            }
        }
        if (old.path("seconds").has(row.name())) {
            seconds.put(row.name(), old.path("seconds").path(row.name()).asDouble());
        }
        if (old.path("troubles").has(row.name())) {
            troubles.put(row.name(), old.path("troubles").path(row.name()).asText());
        }
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

    boolean isEmpty() {
        return lines.isEmpty();
    }

    Hardware hardware() {
        return hardware;
    }

    /** In the order of {@link Row#all}. */
    List<Line> lines() {
        return List.copyOf(lines);
    }

    /** That each row took. */
    Map<String, Double> seconds() {
        return seconds;
    }

    /** Why rows failed. */
    Map<String, String> troubles() {
        return troubles;
    }

    /** As the report's JSON has it. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("hardware", hardware);
        fields.put("seconds", seconds);
        fields.put("troubles", troubles);
        fields.put("rows", lines.stream().map(Line::fields).toList());
        return fields;
    }
}
