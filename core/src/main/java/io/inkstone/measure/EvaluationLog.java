package io.inkstone.measure;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.run.JsonLines;
import io.inkstone.run.RunDirectory;
import java.io.IOException;
import java.util.EnumMap;
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
                    Words.of("%s cannot be written: %s.", run.evaluationsFile(), RunDirectory.reason(failure)),
                    failure);
        }
    }

    /** Of each figure the newest evaluation that has it; empty for a run that was never measured. */
    public static Map<Figure, SavedEvaluation> newest(RunDirectory run) {
        Map<Figure, SavedEvaluation> all = new EnumMap<>(Figure.class);
        JsonLines.read(run.evaluationsFile()).stream()
                .map(SavedEvaluation::read)
                .forEach(evaluation -> evaluation.figures().keySet().forEach(figure -> all.put(figure, evaluation)));
        return all;
    }
}
