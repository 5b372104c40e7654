package io.inkstone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One side's part in a row; whatever goes wrong ends this part and is written into its cells. */
final class Turns {
    /** Most warm-ups: as a training lasts thousands of steps, what Java compiles during the first hundred is no part of one. */
    static final int MOST_WARM_UPS = 100;
    /** A step that takes longer is warmed up three times only: Java compiles little of it. */
    private static final double QUICK_MILLISECONDS = 100;

    private static final int FEW_WARM_UPS = 3;
    /** A step that takes longer is warmed up twice only. */
    private static final double SHORT_MILLISECONDS = 500;
    /** A step that takes longer is warmed up once, nothing in it being short beside it, and measured twice. */
    private static final double LONG_MILLISECONDS = 5_000;
    /** A step that takes longer is measured once, but twice where memory lets each side run only alone and it matters. */
    private static final double ENDLESS_MILLISECONDS = 20_000;
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
                    took(task, answer.get("milliseconds").asDouble());
                    if (last.get(task) > longest(i + 1)) {
                        break;
                    }
                }
            });
        }
    }

    /** Milliseconds of a step that is warmed up once more after {@code done} warm-ups. */
    private static double longest(int done) {
        return done == 1 ? LONG_MILLISECONDS : done < FEW_WARM_UPS ? SHORT_MILLISECONDS : QUICK_MILLISECONDS;
    }

    /** Remembers what a warm-up took: from it follows how many steps are measured. */
    void took(String task, double milliseconds) {
        last.put(task, milliseconds);
    }

    /**
     * How many steps to measure.
     *
     * @param seconds to spend on each side of the row
     */
    int wanted(String task, double seconds) {
        if (start.name().equals(Programs.CEILING)) {
            return least(task); // a turn of its is many repetitions already
        }
        double fitting = seconds * 1000 / row.tasks().size() / Math.max(expected(task), 1e-3);
        return (int) Math.max(least(task), Math.min(MOST, fitting));
    }

    /** Steps without which a ratio rests on too little, each in a round of its own. */
    int least(String task) {
        double time = expected(task);
        if (time < LONG_MILLISECONDS) {
            return row.traits().alone() && start.name().equals(Programs.CEILING) ? 2 : Bench.ROUNDS;
        }
        boolean matters = List.of(Programs.INKSTONE, Programs.BEST).contains(start.name());
        return time < ENDLESS_MILLISECONDS || row.traits().alone() && matters ? 2 : 1;
    }

    /** Milliseconds of a step. */
    private double expected(String task) {
        double time = last.getOrDefault(task, 1.0);
        return task.equals("ddpm") ? time * 25 : time; // it was warmed up with the twenty steps of the other sampler
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
