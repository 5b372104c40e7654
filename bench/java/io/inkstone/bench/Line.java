package io.inkstone.bench;

import static io.inkstone.bench.Programs.BEST;
import static io.inkstone.bench.Programs.COMPILED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A task of a row, what each side did, and where. */
record Line(Row row, String task, Map<String, Cell> cells, Circumstances circumstances) {
    private static final ObjectMapper JSON = new ObjectMapper();

    String name() {
        return row.tasks().size() == 1 ? row.name() : row.name() + ", " + task;
    }

    Optional<Cell> cell(String side) {
        return Optional.ofNullable(cells.get(side));
    }

    Optional<Double> median(String side) {
        return cell(side).flatMap(Cell::median);
    }

    /** The faster of two ways to be best; compiled exists in the machine's own precision only. */
    String best() {
        double eager = median(BEST).orElse(Double.MAX_VALUE);
        return median(COMPILED).orElse(Double.MAX_VALUE) < eager ? COMPILED : BEST;
    }

    /** As the report's JSON has it. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", row.name());
        fields.put("title", row.title());
        fields.put("task", task);
        fields.put("circumstances", circumstances);
        fields.put("targets", row.targets());
        Map<String, Object> sides = new LinkedHashMap<>();
        cells.forEach((side, cell) -> sides.put(side, cell.written()));
        fields.put("sides", sides);
        return fields;
    }

    /**
     * What an earlier report holds.
     *
     * @param row the row of that name
     */
    static Line read(JsonNode fields, Row row) throws IOException {
        Map<String, Cell> cells = new LinkedHashMap<>();
        fields.path("sides").properties().forEach(side -> cells.put(side.getKey(), Cell.read(side.getValue())));
        Circumstances where = JSON.treeToValue(fields.path("circumstances"), Circumstances.class);
        return new Line(row, fields.path("task").asText(), cells, where);
    }
}
