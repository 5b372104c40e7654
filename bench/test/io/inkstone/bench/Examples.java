package io.inkstone.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.inkstone.tensor.Hardware;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measurements that nobody made. */
final class Examples {
    static final Hardware SMALL = new Hardware("Small", 2, false, true, false);
    static final Hardware LARGE = new Hardware("Large", 64, true, true, true);

    private Examples() {}

    static Circumstances at(String made, Hardware hardware, String... absent) {
        return new Circumstances(
                made, hardware, "2", "17.0.1", Map.of("product.float32", 207.4), List.of(absent), false);
    }

    static Row row(String name) {
        return Row.all().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Cell cell(double... milliseconds) {
        Cell cell = new Cell();
        cell.add(milliseconds);
        return cell;
    }

    /** A side that took 100 ms, with a loss for each step. */
    static Cell learnt(String note, double... losses) {
        return ended(note, 1000, losses);
    }

    static Cell ended(String note, long peakMegabytes, double... losses) {
        Cell cell = cell(100, 100, 100);
        cell.note(note);
        Map<String, ?> answer = Map.of(
                "peakMegabytes",
                peakMegabytes,
                "results",
                Map.of("step", Arrays.stream(losses).boxed().toList()));
        cell.end(new ObjectMapper().valueToTree(answer), "step");
        return cell;
    }

    /** Names and cells by turns. */
    static Map<String, Cell> sides(Object... namesAndCells) {
        Map<String, Cell> cells = new LinkedHashMap<>();
        for (int i = 0; i < namesAndCells.length; i += 2) {
            cells.put((String) namesAndCells[i], (Cell) namesAndCells[i + 1]);
        }
        return cells;
    }

    static Line line(String row, Circumstances where, Object... namesAndCells) {
        return new Line(row(row), row(row).tasks().get(0), sides(namesAndCells), where);
    }

    static String text(Line... lines) {
        OneProcessor processor = new OneProcessor(lines[0].circumstances().hardware());
        List.of(lines).forEach(processor::add);
        return new ReportText(List.of(processor)).text();
    }

    static Line written(Line line) throws IOException {
        ObjectMapper json = new ObjectMapper().registerModule(new Jdk8Module());
        return Line.read(json.readTree(json.writeValueAsBytes(line.fields())), line.row());
    }
}
