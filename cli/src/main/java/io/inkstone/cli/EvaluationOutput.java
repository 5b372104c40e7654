package io.inkstone.cli;

import io.inkstone.InputException;
import io.inkstone.image.PictureFile;
import io.inkstone.measure.EvaluationLog;
import io.inkstone.measure.EvaluationReport;
import io.inkstone.run.Environment;
import io.inkstone.run.RunDirectory;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the figures of an evaluation go: the terminal, a sheet, the run. Figures that took long are said, whether they can be
 * kept or not.
 *
 * @param report what was measured
 * @param asked the sheet that was asked for by name
 */
record EvaluationOutput(Common common, EvaluationReport report, Optional<Path> asked) {
    /** Keeps the figures in the run that they are of. */
    void keepIn(RunDirectory run) {
        failure(() -> EvaluationLog.append(run, report))
                .ifPresent(why -> common.say("The figures are not kept in the run: " + why));
    }

    /**
     * Says the figures, with the sheet where there is one to draw.
     *
     * @param usual where the sheet goes that nobody asked for
     * @param from text for the sheet's file: what drew
     */
    void show(Optional<Path> usual, Map<String, String> from) {
        Map<String, Object> fields = report.fields();
        Optional<Path> sheet =
                asked.or(() -> usual).filter(file -> report.sheet().isPresent());
        Optional<String> undrawn = sheet.flatMap(
                file -> failure(() -> PictureFile.write(file, report.sheet().orElseThrow(), text(from))));
        undrawn.ifPresent(why -> common.say("The sheet was not written: " + why));
        Optional<Path> drawn = sheet.filter(file -> undrawn.isEmpty());
        drawn.ifPresent(file -> fields.put("sheet", file.toString()));
        report.notes().forEach(common::say);
        common.print(
                EvaluationText.of(report)
                        + drawn.map(file -> System.lineSeparator() + file).orElse(""),
                fields);
        if (asked.isPresent() && undrawn.isPresent()) {
            throw new InputException(undrawn.get()); // what was asked for by name; the figures are said
        }
    }

    private static Optional<String> failure(Runnable writing) {
        try {
            writing.run();
            return Optional.empty();
        } catch (InputException | UncheckedIOException failure) {
            return Optional.of(failure.getMessage());
        }
    }

    /** The evaluation travels with its sheet. */
    private Map<String, String> text(Map<String, String> from) {
        Map<String, String> text = new LinkedHashMap<>(from);
        text.put("Software", "Inkstone " + Environment.version());
        text.put("inkstone.evaluation", report.json());
        return text;
    }
}
