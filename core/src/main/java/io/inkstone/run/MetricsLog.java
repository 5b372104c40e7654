package io.inkstone.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.array.AtomicFile;
import io.inkstone.tensor.ProcessMemory;
import io.inkstone.train.Listener;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes metrics.jsonl, a line a logged step. After a resume, lines of steps that are done again are dropped first. */
final class MetricsLog implements Listener {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SAMPLES = "samples";

    private final Path file;
    private final int everySteps;
    private long measuredAt = -1;

    MetricsLog(Path file, int everySteps) {
        this.file = file;
        this.everySteps = everySteps;
    }

    @Override
    public void started(Trainer trainer) {
        long step = trainer.position().step();
        List<JsonNode> kept = JsonLines.read(file).stream()
                .filter(line -> line.path("step").asLong() <= step)
                .toList();
        measuredAt = kept.stream()
                .filter(line -> line.path("split").asText().equals(SAMPLES))
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
        ObjectNode line = JSON.createObjectNode();
        line.put("step", report.position().step());
        line.put("epoch", report.position().epoch());
        line.put("pictures", report.position().pictures());
        line.put("seconds", rounded(report.position().seconds()));
        line.put("loss", report.loss());
        line.set("losses", JSON.valueToTree(report.losses()));
        line.put("rate", report.rate());
        line.put("picturesPerSecond", rounded(report.picturesPerSecond()));
        line.put("waitedFraction", rounded(report.waitedFraction()));
        line.put("residentMegabytes", ProcessMemory.residentMegabytes());
        append(line);
    }

    /** Losses on held-out pictures, after an epoch. */
    void validation(Trainer trainer, Map<String, Double> losses) {
        line(trainer, "validation", "losses", losses);
    }

    /** Figures of generated pictures. */
    void samples(Trainer trainer, Map<String, Double> figures) {
        measuredAt = trainer.position().step();
        line(trainer, SAMPLES, "figures", figures);
    }

    /** Whether the samples of this very step are in the log: a finished run may be resumed again. */
    boolean hasSamples(Trainer trainer) {
        return measuredAt == trainer.position().step();
    }

    private void line(Trainer trainer, String split, String name, Map<String, Double> values) {
        ObjectNode line = JSON.createObjectNode();
        line.put("step", trainer.position().step());
        line.put("epoch", trainer.position().epoch());
        line.put("pictures", trainer.position().pictures());
        line.put("seconds", rounded(trainer.position().seconds()));
        line.put("split", split);
        line.set(name, JSON.valueToTree(values));
        append(line);
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
