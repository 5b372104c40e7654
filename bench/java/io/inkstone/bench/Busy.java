package io.inkstone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows on a busy machine: each side does the same work alone, beside a program that spins on one core, and beside one that
 * works by turns. One side at a time, the next ones asleep. The row's tasks are the neighbours.
 */
record Busy(Row row, List<Side.Start> starts, Path folder) {
    private static final int WARM_UPS = 6;
    private static final double SECONDS = 8;
    private static final double NOTICING_SECONDS = 3;

    /** @param cells by task and side, filled here */
    void measure(Map<String, Map<String, Cell>> cells) {
        for (Side.Start start : starts) {
            Map<Neighbour, Cell> own = new EnumMap<>(Neighbour.class);
            for (Neighbour neighbour : Neighbour.values()) {
                own.put(neighbour, new Cell());
                cells.get(neighbour.word()).put(start.name(), own.get(neighbour));
            }
            try (Side side = new Side(start, folder.resolve(start.name() + ".log"))) {
                side.answer();
                measure(side, own);
            } catch (IOException failure) {
                own.values().forEach(cell -> cell.fail(failure.getMessage()));
                Bench.say("  %s: %s".formatted(start.name(), failure.getMessage()));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private String work() {
        return row.kind().equals("sample") ? "ddim" : "step";
    }

    private void measure(Side side, Map<Neighbour, Cell> own) throws IOException, InterruptedException {
        String ran = "";
        for (int i = 0; i < WARM_UPS; i++) {
            ran = side.tell("warm " + work()).path("note").asText();
        }
        Map<Neighbour, Double> means = new LinkedHashMap<>();
        for (Neighbour neighbour : Neighbour.values()) {
            List<Double> times = new ArrayList<>();
            try (Neighbour.Visit visit = neighbour.begin()) {
                long noticed = System.nanoTime() + (long) (NOTICING_SECONDS * 1e9);
                do {
                    side.tell("warm " + work());
                } while (System.nanoTime() < noticed); // what notices a neighbour has noticed it
                long end = System.nanoTime() + (long) (SECONDS * 1e9);
                while (System.nanoTime() < end || times.size() < 2) {
                    Arrays.stream(side.go(work(), 1)).forEach(times::add);
                }
            }
            double mean = times.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
            means.put(neighbour, mean);
            own.get(neighbour).add(times.stream().mapToDouble(Double::doubleValue).toArray());
            own.get(neighbour)
                    .note(neighbour == Neighbour.QUIET
                            ? ran
                            : "keeps %.0f %% of its quiet speed, by means".formatted(100 * means.get(Neighbour.QUIET) / mean));
            Bench.say("  %s, %s: %s %s".formatted(row.name(), neighbour.word(), Cell.duration(mean), own.get(neighbour).note()));
        }
        JsonNode end = side.tell("end");
        own.values().forEach(cell -> cell.end(end, work()));
    }
}
