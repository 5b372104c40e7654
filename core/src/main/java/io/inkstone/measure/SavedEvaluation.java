package io.inkstone.measure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/**
 * A line of a run's evaluations.jsonl.
 *
 * @param figures what of it this version knows
 * @param line as it was written
 */
public record SavedEvaluation(Map<Figure, MeasuredFigure> figures, JsonNode line) {
    public SavedEvaluation {
        figures = Collections.unmodifiableMap(figures);
    }

    static SavedEvaluation read(JsonNode line) {
        return new SavedEvaluation(FigureFields.read(line.path(EvaluationReport.FIGURES)), line);
    }

    /** An entry of the protocol, as text; empty where the line has none. */
    public Optional<String> protocol(Protocol entry) {
        return Optional.of(line.path(EvaluationReport.PROTOCOL).path(entry.key()))
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asText);
    }
}
