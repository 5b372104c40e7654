package io.inkstone.cli;

import io.inkstone.Counted;
import io.inkstone.Words;
import io.inkstone.cli.Table.Side;
import io.inkstone.tensor.ProcessMemory;
import io.inkstone.train.Stage;
import io.inkstone.train.profile.StepProfile;
import io.inkstone.train.profile.StepProfile.LayerTime;
import io.inkstone.train.profile.StepProfile.Operation;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A step's profile in words: stages, the operations that take longest, the layers that take longest. */
record ProfileTable(String system, StepProfile profile) {
    private static final int OPERATIONS = 40;
    private static final int LAYERS = 25;

    /** @param run its directory */
    Result result(Path run) {
        return new Result(
                text() + System.lineSeparator() + run,
                Map.of(
                        "run",
                        run.toString(),
                        "system",
                        system,
                        "peakMegabytes",
                        ProcessMemory.peakMegabytes(),
                        "profile",
                        profile));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(Words.of(
                "A training step of %s with %s: %.1f ms (%s pictures a second), at most %,d MB of memory; %.1f ms while it was watched (medians of %d)%n%n",
                system,
                Counted.of(profile.batch(), "picture"),
                profile.plainMilliseconds(),
                rate(1000 * profile.batch() / profile.plainMilliseconds()),
                ProcessMemory.peakMegabytes(),
                profile.milliseconds(),
                profile.steps()));
        text.append(stages());
        operations(text);
        layers(text);
        return text.toString();
    }

    private static String rate(double picturesPerSecond) {
        return Words.of(picturesPerSecond < 10 ? "%.2f" : "%,.0f", picturesPerSecond);
    }

    private Table stages() {
        Table table = Table.ofFigures(2).row("stage", "ms", "%");
        for (Stage stage : Stage.values()) {
            share(table, word(stage), profile.stages().getOrDefault(stage, 0.0));
        }
        Map<StepProfile.Pass, Double> known = new EnumMap<>(StepProfile.Pass.class);
        profile.operations().forEach(operation -> known.merge(operation.pass(), operation.milliseconds(), Double::sum));
        double forward = known.getOrDefault(StepProfile.Pass.FORWARD, 0.0);
        double again = known.getOrDefault(StepProfile.Pass.AGAIN, 0.0);
        double backward = known.getOrDefault(StepProfile.Pass.BACKWARD, 0.0);
        if (again > 0) {
            share(table, "  of backward: computed again", again);
        }
        double outside = profile.stages().getOrDefault(Stage.FORWARD, 0.0) - forward;
        share(table, "  of forward: outside of layers", Math.max(0, outside));
        double sums = profile.stages().getOrDefault(Stage.BACKWARD, 0.0) - backward - again;
        share(table, "  of backward: sums, the loss", Math.max(0, sums));
        return table;
    }

    private void share(Table table, String name, double milliseconds) {
        table.row(name, Words.of("%.2f", milliseconds), percent(milliseconds));
    }

    private static String word(Stage stage) {
        return switch (stage) {
            case DATA -> "data";
            case FORWARD -> "forward";
            case BACKWARD -> "backward";
            case OPTIMIZER -> "optimizer";
            case AVERAGE -> "average of the weights";
            case OTHER -> "other";
        };
    }

    private String percent(double milliseconds) {
        return Words.of("%.1f", 100 * milliseconds / profile.milliseconds());
    }

    private void operations(StringBuilder text) {
        Side figure = Side.RIGHT;
        Table table = new Table(Side.LEFT, Side.LEFT, Side.LEFT, figure, figure, figure, figure, Side.LEFT)
                .row("pass", "operation", "layer", "calls", "ms", "%", "GFLOP/s", "shape");
        List<Operation> all = profile.operations();
        for (Operation operation : all.subList(0, Math.min(OPERATIONS, all.size()))) {
            table.row(
                    operation.pass().name().toLowerCase(Locale.ROOT),
                    operation.name(),
                    operation.layer().equals(operation.name()) ? "" : operation.layer(),
                    operation.calls(),
                    Words.of("%.2f", operation.milliseconds()),
                    percent(operation.milliseconds()),
                    rate(operation.gigaflop(), operation.milliseconds()),
                    operation.shape());
        }
        text.append(System.lineSeparator()).append(table);
        rest(
                text,
                all.stream()
                        .skip(OPERATIONS)
                        .mapToDouble(Operation::milliseconds)
                        .sum(),
                all.size() - OPERATIONS);
    }

    private void layers(StringBuilder text) {
        Side figure = Side.RIGHT;
        Table table = new Table(Side.LEFT, Side.LEFT, figure, figure, figure, figure, figure, figure, Side.LEFT)
                .row("layer", "kind", "ms", "%", "forward", "GFLOP/s", "backward", "GFLOP/s", "shape");
        List<LayerTime> all = profile.layers();
        for (LayerTime layer : all.subList(0, Math.min(LAYERS, all.size()))) {
            table.row(
                    layer.name().isEmpty() ? "(the network)" : layer.name(),
                    layer.kind(),
                    Words.of("%.2f", layer.milliseconds()),
                    percent(layer.milliseconds()),
                    Words.of("%.2f", layer.forward()),
                    rate(layer.forwardGigaflop(), layer.forward()),
                    Words.of("%.2f", layer.backward()),
                    rate(layer.backwardGigaflop(), layer.backward()),
                    layer.shape());
        }
        text.append(System.lineSeparator()).append(table);
        rest(
                text,
                all.stream().skip(LAYERS).mapToDouble(LayerTime::milliseconds).sum(),
                all.size() - LAYERS);
    }

    private void rest(StringBuilder text, double milliseconds, int count) {
        if (count > 0) {
            text.append(Words.of("and %d more, %.2f ms together: profile.json%n", count, milliseconds));
        }
    }

    private static String rate(double gigaflop, double milliseconds) {
        return gigaflop == 0 ? "" : Words.of("%,.0f", StepProfile.rate(gigaflop, milliseconds));
    }
}
