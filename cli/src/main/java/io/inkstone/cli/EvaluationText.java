package io.inkstone.cli;

import io.inkstone.run.EvaluationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An evaluation as lines on a terminal: the protocol first, since figures mean nothing without it. */
final class EvaluationText {
    /**
     * A line of figures.
     *
     * @param name as people say it
     * @param figure its main number
     * @param more numbers beside it, in words around {@code %s}
     * @param unit and which way is better
     */
    private record Line(String name, String figure, String more, List<String> beside, String unit) {}

    private static final List<Line> LINES = List.of(
            new Line("FID", "fid", " (95 %%: %s to %s)", List.of("fidLow", "fidHigh"), "lower is better"),
            new Line("FID of training pictures", "fidOfTraining", "", List.of(), "what real pictures have"),
            new Line("KID", "kid", " ± %s over subsets", List.of("kidDeviation"), "lower is better, 0 is alike"),
            new Line("KID of training pictures", "kidOfTraining", "", List.of(), "what real pictures have"),
            new Line(
                    "inception score",
                    "inceptionScore",
                    " ± %s over parts",
                    List.of("inceptionScoreDeviation"),
                    "higher is better, at most the classes"),
            new Line("precision", "precision", "", List.of(), "share of pictures that look real"),
            new Line("recall", "recall", "", List.of(), "share of real pictures within reach"),
            new Line("density", "density", "", List.of(), "1 is as dense as the data"),
            new Line("coverage", "coverage", "", List.of(), "share of real neighbourhoods met"),
            new Line(
                    "label accuracy",
                    "accuracy",
                    " (95 %%: %s to %s)",
                    List.of("accuracyLow", "accuracyHigh"),
                    "share of pictures of the class asked for"),
            new Line("  of real pictures", "accuracyOfReal", "", List.of(), "what the judge itself can see"),
            new Line("classes that come up", "modesCovered", "", List.of(), "share"),
            new Line("  their divergence", "modeDivergence", "", List.of(), "nats, 0 is as in the data"),
            new Line("diversity", "diversity", "", List.of(), "1 is as varied as the data"),
            new Line(
                    "nearest training picture",
                    "nearestTraining",
                    "",
                    List.of(),
                    "median distance in [0, 1]; 0 is a copy"),
            new Line(
                    "  of real pictures",
                    "nearestTrainingOfReal",
                    "",
                    List.of(),
                    "the same for pictures nobody copied"),
            new Line("mean squared error", "meanSquaredError", "", List.of(), "of reconstructions, values in [0, 1]"),
            new Line("PSNR", "psnr", "", List.of(), "dB"),
            new Line("SSIM", "ssim", "", List.of(), "at most 1"),
            new Line("MS-SSIM", "msSsim", "", List.of(), "at most 1"),
            new Line("ELBO", "elboNats", "", List.of(), "nats a picture, higher is better"),
            new Line(
                    "NLL",
                    "nllNats",
                    " ± %s",
                    List.of("nllNatsError"),
                    "nats a picture, lower is better; an upper bound"),
            new Line("NLL", "nllBitsPerDimension", "", List.of(), "bits a dimension"));

    private EvaluationText() {}

    static String of(EvaluationReport report) {
        List<String> lines = new ArrayList<>();
        report.protocol().forEach((name, value) -> lines.add("%-20s %s".formatted(words(name), value)));
        lines.add("");
        Map<String, Object> figures = report.figures();
        for (Line line : LINES) {
            if (figures.containsKey(line.figure)) {
                String beside = line.more.formatted(line.beside.stream()
                        .map(name -> number(figures.get(name)))
                        .toArray());
                lines.add("%-26s %-34s %s"
                        .formatted(line.name, number(figures.get(line.figure)) + beside, line.unit)
                        .stripTrailing());
            }
        }
        if (figures.get("accuracyPerClass") instanceof Map<?, ?> classes) {
            lines.add("by class: "
                    + classes.entrySet().stream()
                            .map(entry -> entry.getKey() + " " + number(entry.getValue()))
                            .collect(Collectors.joining(", ")));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String number(Object value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.4g", ((Number) value).doubleValue());
    }

    /** {@code judgeSha256} as {@code judge sha256}. */
    private static String words(String name) {
        return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }
}
