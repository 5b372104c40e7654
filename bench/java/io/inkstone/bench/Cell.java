package io.inkstone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What one side did in one task: its times, or a word why there are none. */
final class Cell {
    private final List<Double> milliseconds = new ArrayList<>();
    private String note = "";
    private String failure = "";
    private long peakMegabytes;
    private List<Double> results = List.of();

    void add(double... more) {
        Arrays.stream(more).forEach(milliseconds::add);
    }

    void note(String text) {
        note = text;
    }

    void fail(String why) {
        failure = why == null || why.isBlank() ? "failed without a word" : why;
    }

    /** What the side said last. */
    void end(JsonNode answer, String task) {
        peakMegabytes = Math.max(peakMegabytes, answer.path("peakMegabytes").asLong());
        List<Double> numbers = new ArrayList<>();
        answer.path("results").path(task).forEach(number -> numbers.add(number.asDouble()));
        results = numbers;
    }

    Optional<Double> median() {
        return at(0.5);
    }

    /** Half the distance between the quartiles, of fewer than four between the extremes; a share of the median. */
    private double spread() {
        boolean few = count() < 4;
        double distance = at(few ? 1 : 0.75).orElseThrow() - at(few ? 0 : 0.25).orElseThrow();
        return distance / 2 / median().orElseThrow();
    }

    /** The median, how many steps it rests on, and how far they lie apart. */
    String text() {
        return median().map(time -> count() == 1
                        ? "%s (1)".formatted(duration(time))
                        : "%s (%d, ±%.0f %%)".formatted(duration(time), count(), 100 * spread()))
                .orElse("failed");
    }

    static String duration(double milliseconds) {
        if (milliseconds < 10) {
            return "%.2f ms".formatted(milliseconds);
        }
        return milliseconds < 1000 ? "%.0f ms".formatted(milliseconds) : "%.2f s".formatted(milliseconds / 1000);
    }

    private Optional<Double> at(double share) {
        if (milliseconds.isEmpty()) {
            return Optional.empty();
        }
        double[] sorted =
                milliseconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return Optional.of(sorted[below] + (place - below) * (sorted[above] - sorted[below]));
    }

    /** As the report's JSON has it. */
    record Written(
            Optional<Double> medianMilliseconds,
            Optional<Double> lowerQuartile,
            Optional<Double> upperQuartile,
            List<Double> milliseconds,
            long peakMegabytes,
            List<Double> results,
            String note,
            String failure) {}

    Written written() {
        return new Written(
                median(), at(0.25), at(0.75), List.copyOf(milliseconds), peakMegabytes, results, note, failure);
    }

    /** What {@link #written} wrote. */
    static Cell read(JsonNode fields) {
        Cell cell = new Cell();
        fields.path("milliseconds").forEach(time -> cell.milliseconds.add(time.asDouble()));
        cell.peakMegabytes = fields.path("peakMegabytes").asLong();
        List<Double> numbers = new ArrayList<>();
        fields.path("results").forEach(number -> numbers.add(number.asDouble()));
        cell.results = numbers;
        cell.note = fields.path("note").asText();
        cell.failure = fields.path("failure").asText();
        return cell;
    }

    int count() {
        return milliseconds.size();
    }

    String note() {
        return note;
    }

    String failure() {
        return failure;
    }

    long peakMegabytes() {
        return peakMegabytes;
    }

    List<Double> results() {
        return results;
    }
}
