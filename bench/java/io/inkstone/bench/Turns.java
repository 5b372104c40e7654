package io.inkstone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One side's part in a row; whatever goes wrong ends this part and is written into its cells. */
final class Turns {
    /** A step that takes longer is warmed up once: nothing in it is short beside it. */
    private static final double SHORT_MILLISECONDS = 500;
    /** Most steps that a side measures in a row. */
    static final int MOST = 24;

    private final Side.Start start;
    private final Row row;
    private final Map<String, Cell> cells = new LinkedHashMap<>();
    private final Map<String, Double> last = new LinkedHashMap<>();
    private Side side;

    /** @param tasks where its cells go, by task */
    Turns(Side.Start start, Row row, Map<String, Map<String, Cell>> tasks) {
        this.start = start;
        this.row = row;
        for (String task : row.tasks()) {
            Cell cell = new Cell();
            cells.put(task, cell);
            tasks.get(task).put(start.name(), cell);
        }
    }

    String name() {
        return start.name();
    }

    private interface Turn {
        void take() throws IOException;
    }

    private void safely(Turn turn) {
        if (side == null) {
            return;
        }
        try {
            turn.take();
        } catch (IOException | RuntimeException failure) {
            cells.values().forEach(cell -> cell.fail(failure.getMessage()));
            Bench.say("  %s: %s".formatted(start.name(), failure.getMessage()));
            side.close();
            side = null;
        }
    }

    void open(Path folder) {
        try {
            side = new Side(start, folder.resolve(start.name() + ".log"));
        } catch (IOException failure) {
            cells.values().forEach(cell -> cell.fail(failure.getMessage()));
        }
        safely(side == null ? () -> {} : side::answer);
    }

    void warm(int most) {
        for (String task : row.tasks()) {
            safely(() -> {
                for (int i = 0; i < most; i++) {
                    JsonNode answer = side.tell("warm " + task);
                    cells.get(task).note(answer.path("note").asText());
                    last.put(task, answer.get("milliseconds").asDouble());
                    if (last.get(task) > SHORT_MILLISECONDS && i > 0) {
                        break;
                    }
                }
            });
        }
    }

    /** @param seconds to spend on each side of the row */
    int wanted(String task, double seconds) {
        double time = last.getOrDefault(task, 1.0);
        if (task.equals("ddpm")) {
            time *= 25; // it was warmed up with the twenty steps of the other sampler
        }
        // Two of those that matter most, however slow, unless they are many passes by themselves.
        boolean matters = List.of(Programs.INKSTONE, Programs.BEST, Programs.COMPILED).contains(start.name());
        int least = matters && !task.equals("ddpm") ? 2 : 1;
        return (int) Math.max(least, Math.min(MOST, seconds * 1000 / row.tasks().size() / Math.max(time, 1e-3)));
    }

    void go(String task, int times) {
        if (times > 0) {
            safely(() -> cells.get(task).add(side.go(task, times)));
        }
    }

    void end() {
        safely(() -> {
            JsonNode answer = side.tell("end");
            cells.forEach((task, cell) -> cell.end(answer, task));
            side.close();
            side = null;
        });
    }
}
