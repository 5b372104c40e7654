package io.inkstone.cli;

import io.inkstone.run.EvaluationWish;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Refuses options of {@code evaluate} that would have no effect on this subject, as wrong usage.
 *
 * @param spec of the command, with its options of {@code sample} as the mixin {@code sampling}
 */
record WithoutEffect(CommandSpec spec, Common common) {
    private static final List<String> KINDS = List.of(".png", ".jpg", ".jpeg");
    private static final List<String> REFUSED = List.of("--labels", "--negative", "--noise", "--latents");

    /** Hides the options of {@code sample} that are refused always. */
    static final class Hidden implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec spec) {
            for (String name : REFUSED) {
                OptionSpec shown = spec.findOption(name);
                spec.remove(shown);
                spec.addOption(shown.toBuilder().hidden(true).build());
            }
            return spec;
        }
    }

    /** Classes are those of the real pictures: another choice would be another distribution. */
    void ofClasses() {
        ParseResult line = spec.commandLine().getParseResult();
        boolean mixed = line.hasMatchedOption("--context")
                && !line.matchedOption("--context").originalStringValues().equals(List.of("none"));
        if (mixed || REFUSED.stream().anyMatch(line::hasMatchedOption)) {
            throw common.wrongUsage(
                    "evaluate draws the classes that the real pictures have, from seeds: leave out --labels, --context"
                            + " (but for --context none), --negative, --noise and --latents.");
        }
    }

    /** A file for a sheet that these metrics do not make; or of a wrong kind. */
    void ofSheet(Path file, Set<EvaluationWish.Metric> metrics) {
        common.requireKind(file, KINDS);
        if (!metrics.isEmpty() && !metrics.contains(EvaluationWish.Metric.NEIGHBOURS)) {
            throw common.wrongUsage(
                    "--out is the sheet of neighbours, which --metrics does not name: add it there, or leave out --out.");
        }
    }

    void ofPictures(String subject) {
        refuse("%s is no run, so nothing is drawn".formatted(subject), Set.of("--count", "--seed"), "--draws");
    }

    void ofModelThatDrawsNothing(String subject) {
        refuse(
                "%s draws no pictures".formatted(subject),
                Set.of("--count", "--seed", "--weights", "--precision"),
                "--floor",
                "--out");
    }

    /**
     * @param why begins the sentence
     * @param but options of {@code sample} that have an effect
     * @param others that have none
     */
    private void refuse(String why, Set<String> but, String... others) {
        Stream<String> drawing = spec.mixins().get("sampling").options().stream()
                .map(OptionSpec::longestName)
                .filter(name -> !but.contains(name));
        String[] without = Stream.concat(drawing, Stream.of(others)).toArray(String[]::new);
        SaidOptions.of(spec).among(without).requireNone(common, why);
    }
}
