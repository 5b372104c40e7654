package io.inkstone.cli;

import io.inkstone.data.Split;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.measure.Evaluation;
import io.inkstone.measure.EvaluationReport;
import io.inkstone.measure.EvaluationWish;
import io.inkstone.measure.Judges;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.GuideChoice;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.wish.Asked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inkstone evaluate RUN …}. */
@Command(
        name = "evaluate",
        modelTransformer = WithoutEffect.Hidden.class,
        description = "Measures a run, or pictures, against real pictures: distances of features, precision and recall,"
                + " label accuracy, copies of training pictures, reconstruction errors, likelihood.",
        footer = {
            "",
            "Examples:",
            "  inkstone evaluate runs/fashion-gan",
            "  inkstone evaluate runs/fashion-diffusion --sampler ddim --steps 50 --guidance 1.5 --count 2000",
            "  inkstone evaluate runs/mnist-vae --classifier runs/mnist-classifier --metrics fid,accuracy",
            "  inkstone evaluate fashion-mnist --data fashion-mnist"
        })
final class EvaluateCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Parameters(
            paramLabel = "RUN|PICTURES",
            description = "A run directory; or pictures, by a path or the name of an embedded set.")
    private String subject;

    @Option(names = "--data", paramLabel = "PATH", description = "Real pictures. Default: those of the run.")
    private String data;

    @Option(
            names = "--split",
            paramLabel = "PART",
            description =
                    "train, validation or test part of them, or all. Default: the held-out part, where there is one.")
    private Split split;

    @Option(names = "--real", paramLabel = "N", description = "Most real pictures to compare with. Default: all.")
    private Integer real;

    @Option(
            names = "--metrics",
            split = ",",
            paramLabel = "A,B,…",
            description = "fid, kid, mind, is, precision, accuracy, modes, diversity, neighbours, reconstruction, nll."
                    + " Default: all that apply.")
    private Set<EvaluationWish.Metric> metrics = Set.of();

    @Option(
            names = "--classifier",
            paramLabel = "RUN|NAME",
            description = "The judge: a run of a classifier, or fashion-classifier or sprites-classifier, which are"
                    + " embedded. Default: the embedded one that knows the data's classes.")
    private String classifier;

    @Option(
            names = "--inception",
            paramLabel = "FILE",
            description = "The judge of published FID figures: pt_inception-2015-12-05 weights.")
    private Path inception;

    @Option(
            names = "--draws",
            paramLabel = "K",
            defaultValue = "100",
            description = "Draws a picture of the importance-weighted likelihood. Default: ${DEFAULT-VALUE}.")
    private int draws;

    @Option(names = "--floor", description = "Also measure training pictures in place of generated ones.")
    private boolean floor;

    @Option(
            names = "--accept-data-change",
            description = "Measure although the run's data are others than it remembers.")
    private boolean acceptDataChange;

    @Mixin
    private SampleOptions sampling;

    @Option(
            names = "--out",
            paramLabel = "SHEET.png",
            description = "Pictures above the training pictures nearest to them. Default: RUN/samples/nearest.png.")
    private Path out;

    @Mixin
    private Overwriting overwriting;

    @Override
    public void run() {
        WithoutEffect refused = new WithoutEffect(spec, sampling, common);
        refused.ofClasses();
        if (out != null) {
            refused.ofSheet(out, metrics);
            overwriting.require(out);
        }
        ComputeDevice device = common.device();
        boolean run = Files.isRegularFile(Path.of(subject).resolve("recipe.yaml"));
        if (!run) {
            refused.ofPictures(subject);
            ofPictures(device);
            return;
        }
        try (SavedRun saved =
                SavedRun.open(Path.of(subject), Optional.ofNullable(sampling.checkpoint), weights(), device)) {
            if (!(saved.model() instanceof Generates)) {
                refused.ofModelThatDrawsNothing(subject);
            }
            led(saved, device);
        }
    }

    private void led(SavedRun saved, ComputeDevice device) {
        Optional<GuideChoice> guide = common.said(sampling::wish).means().guideOf(Path.of(subject));
        if (guide.isEmpty()) {
            ofRun(saved, device);
            return;
        }
        try (SavedRun weaker = guide.get().open(device)) {
            ofRun(GuideChoice.led(saved, weaker), device);
        }
    }

    private void ofRun(SavedRun saved, ComputeDevice device) {
        Optional<Generation> generation = saved.model() instanceof Generates model
                ? Optional.of(new Generation(model, device, precision(), batch(model)))
                : Optional.empty();
        boolean told = (!saved.model().classes().isEmpty()
                        || saved.model().conditions().readsWords())
                && !sampling.labels.asked(common).equals(Asked.NONE);
        EvaluationWish wish = wish(common.said(sampling::wish).sampling().options(saved.model(), told));
        Optional<FeatureNetwork> judge = judge(device);
        try {
            EvaluationReport report =
                    new Evaluation(wish, judge, device, Counting::show).of(saved, generation, precision());
            EvaluationOutput output = new EvaluationOutput(common, report, Optional.ofNullable(out));
            output.keepIn(saved.directory());
            output.show(
                    Optional.of(saved.directory().samples().resolve("nearest.png")),
                    Map.of("inkstone.recipe", Recipes.print(saved.recipe())));
        } finally {
            judge.ifPresent(FeatureNetwork::close);
        }
    }

    private void ofPictures(ComputeDevice device) {
        EvaluationWish wish = wish(SamplingOptions.DEFAULT);
        Optional<FeatureNetwork> judge = judge(device);
        try {
            EvaluationReport report = new Evaluation(wish, judge, device, Counting::show).of(subject);
            new EvaluationOutput(common, report, Optional.ofNullable(out)).show(Optional.empty(), Map.of());
        } finally {
            judge.ifPresent(FeatureNetwork::close);
        }
    }

    private Optional<FeatureNetwork> judge(ComputeDevice device) {
        if (classifier != null && inception != null) {
            throw common.wrongUsage("--classifier and --inception name two judges: figures are of one. Call twice.");
        }
        if (classifier != null) {
            return Optional.of(Judges.classifier(classifier, device));
        }
        return Optional.ofNullable(inception).map(file -> Judges.inception(file, device));
    }

    private EvaluationWish wish(SamplingOptions options) {
        return common.said(() -> new EvaluationWish(
                metrics,
                number(sampling.count),
                number(real),
                Optional.ofNullable(data),
                Optional.ofNullable(split),
                sampling.seed == null ? 0 : sampling.seed,
                options,
                sampling.labels.asked(common).equals(Asked.NONE),
                draws,
                floor,
                acceptDataChange));
    }

    private static OptionalInt number(Integer said) {
        return said == null ? OptionalInt.empty() : OptionalInt.of(said);
    }

    private int batch(Generates model) {
        return common.said(sampling::wish)
                .means()
                .batch()
                .orElse(model.pictures().atOnce());
    }

    private SavedRun.Weights weights() {
        return sampling.weights == null ? SavedRun.Weights.EMA : sampling.weights;
    }

    private Precision precision() {
        return sampling.precision == null ? Precision.AUTO : sampling.precision;
    }
}
