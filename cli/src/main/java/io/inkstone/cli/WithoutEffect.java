package io.inkstone.cli;

import io.inkstone.Words;
import io.inkstone.measure.EvaluationWish;
import io.inkstone.wish.Asked;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Refuses options of {@code evaluate} that would have no effect on this subject, as wrong usage.
 *
 * @param spec of the command
 * @param sampling its options of {@code sample}
 */
record WithoutEffect(CommandSpec spec, SampleOptions sampling, Common common) {
    private static final List<String> KINDS = List.of(".png", ".jpg", ".jpeg");
    private static final List<String> REFUSED = List.of(
            "--labels",
            "--prompt",
            "--negative",
            "--negative-prompt",
            "--noise",
            "--latents",
            "--size",
            "--lora",
            "--prompt-weights",
            "--clip-skip");

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
        Asked asked = sampling.labels.asked(common);
        boolean chosen = asked.isSaid() && !asked.equals(Asked.NONE);
        if (chosen || !sampling.said().among(REFUSED).isEmpty()) {
            throw common.wrongUsage(
                    "evaluate draws the classes that the real pictures have, from seeds: leave out --labels, --context"
                            + " (but for --context none), --prompt, --negative, --negative-prompt, --noise,"
                            + " --latents and --size.");
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
        refuse(Words.of("%s is no run, so nothing is drawn", subject), Set.of("--count", "--seed"), "--draws");
    }

    void ofModelThatDrawsNothing(String subject) {
        refuse(
                Words.of("%s draws no pictures", subject),
                Set.of("--count", "--seed", "--weights", "--checkpoint", "--precision"),
                "--floor",
                "--out");
    }

    /**
     * @param why begins the sentence
     * @param but options of {@code sample} that have an effect
     * @param others that have none
     */
    private void refuse(String why, Set<String> but, String... others) {
        Stream<String> drawing = sampling.said().names().filter(name -> !but.contains(name));
        SaidOptions.of(spec)
                .among(Stream.concat(drawing, Stream.of(others)).toList())
                .requireNone(common, why);
    }
}
