package io.inkstone.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.InputException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A run's evaluations.jsonl: a line for each time that it was measured, with the protocol. */
public final class EvaluationLog {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EvaluationLog() {}

    /** Adds a line. */
    public static void append(RunDirectory run, EvaluationReport report) {
        try {
            JsonLines.append(run.evaluationsFile(), JSON.writeValueAsString(report.fields()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException failure) {
            throw new InputException(
                    "%s cannot be written: %s.".formatted(run.evaluationsFile(), RunDirectory.reason(failure)),
                    failure);
        }
    }

    /** The newest line with a figure of this name, if the run was ever measured so. */
    public static Optional<JsonNode> latest(RunDirectory run, String figure) {
        List<JsonNode> lines = JsonLines.read(run.evaluationsFile());
        return lines.stream().filter(line -> line.path("figures").has(figure)).reduce((older, newer) -> newer);
    }
}
