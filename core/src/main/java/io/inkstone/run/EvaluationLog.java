package io.inkstone.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.InputException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A run's evaluations.jsonl: a line for each time that it was measured, with the protocol. */
public final class EvaluationLog {
    private EvaluationLog() {}

    /** Adds a line. */
    public static void append(RunDirectory run, EvaluationReport report) {
        try {
            JsonLines.append(run.evaluationsFile(), report.json());
        } catch (IOException failure) {
            throw new InputException(
                    "%s cannot be written: %s.".formatted(run.evaluationsFile(), RunDirectory.reason(failure)),
                    failure);
        }
    }

    /** By the name of a figure the newest line that has it; empty for a run that was never measured. */
    public static Map<String, JsonNode> newest(RunDirectory run) {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        for (JsonNode line : JsonLines.read(run.evaluationsFile())) {
            line.path("figures").fieldNames().forEachRemaining(figure -> all.put(figure, line));
        }
        return all;
    }
}
