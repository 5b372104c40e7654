package io.inkstone.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.array.AtomicFile;
import io.inkstone.tensor.ProcessMemory;
import io.inkstone.train.EpochReport;
import io.inkstone.train.Listener;
import io.inkstone.train.Position;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes metrics.jsonl, a line a logged step and a line an epoch. After a resume, lines of what is done again are dropped
 * first: of steps, and of an epoch whose end is told again.
 */
public final class MetricsLog implements Listener {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SAMPLES = "samples";
    /** What a line is about; those without are about a step. */
    public static final String SPLIT = "split";
    /** Means over a whole epoch of training. */
    public static final String EPOCH = "epoch";

    private final Path file;
    private final int everySteps;
    private long measuredAt = -1;

    MetricsLog(Path file, int everySteps) {
        this.file = file;
        this.everySteps = everySteps;
    }

    @Override
    public void started(Trainer trainer) {
        long ended = trainer.losses().told()
                ? trainer.position().pictures()
                : trainer.position().pictures() - 1;
        List<JsonNode> kept = JsonLines.read(file).stream()
                .filter(line -> line.path("pictures").asLong()
                        <= (line.has(SPLIT) ? ended : trainer.position().pictures()))
                .toList();
        measuredAt = kept.stream()
                .filter(line -> line.path(SPLIT).asText().equals(SAMPLES))
                .mapToLong(line -> line.path("step").asLong())
                .max()
                .orElse(-1);
        try {
            AtomicFile.write(file, out -> {
                for (JsonNode line : kept) {
                    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void stepped(Trainer trainer, StepReport report) {
        if (report.position().step() % everySteps != 0) {
            return;
        }
        ObjectNode line = line(report.position());
        line.put("loss", report.loss());
        line.set("losses", JSON.valueToTree(report.losses()));
        line.put("rate", report.rate());
        line.put("picturesPerSecond", rounded(report.pace().picturesPerSecond()));
        line.put("waitedFraction", rounded(report.pace().waitedFraction()));
        line.put("residentMegabytes", ProcessMemory.residentMegabytes());
        append(line);
    }

    @Override
    public void epochEnded(Trainer trainer, EpochReport report) {
        ObjectNode line = line(report.position());
        line.put(SPLIT, EPOCH);
        line.put("loss", report.training().total());
        line.set("losses", JSON.valueToTree(report.training().byName()));
        append(line);
        report.heldOut().ifPresent(losses -> append(report.position(), "validation", "losses", losses.byName()));
    }

    /** Figures of generated pictures. */
    public void samples(Trainer trainer, Map<String, Double> figures) {
        measuredAt = trainer.position().step();
        append(trainer.position(), SAMPLES, "figures", figures);
    }

    /** Whether the samples of this very step are in the log: a finished run may be resumed again. */
    public boolean hasSamples(Trainer trainer) {
        return measuredAt == trainer.position().step();
    }

    private void append(Position position, String split, String name, Map<String, Double> values) {
        ObjectNode line = line(position);
        line.put(SPLIT, split);
        line.set(name, JSON.valueToTree(values));
        append(line);
    }

    private static ObjectNode line(Position position) {
        ObjectNode line = JSON.createObjectNode();
        line.put("step", position.step());
        line.put("epoch", position.epoch());
        line.put("pictures", position.pictures());
        line.put("seconds", rounded(position.seconds()));
        return line;
    }

    private void append(ObjectNode line) {
        try {
            JsonLines.append(file, line.toString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
