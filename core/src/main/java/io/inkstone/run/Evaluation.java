package io.inkstone.run;

import io.inkstone.InputException;
import io.inkstone.data.PreparedSet;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.evaluate.LatentLikelihood;
import io.inkstone.image.Pixels;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.Generates;
import io.inkstone.models.Generation;
import io.inkstone.models.SamplingOptions;
import io.inkstone.models.classifier.ClassifierModel;
import io.inkstone.run.EvaluationWish.Metric;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Measures a run, or pictures, against real pictures. */
public final class Evaluation {
    private final EvaluationWish wish;
    private final Optional<FeatureNetwork> asked;
    private final ComputeDevice device;
    private final Listener listener;
    private final EvaluationReport report = new EvaluationReport();

    /** Told how far it has come: what is done, how many of how many. */
    @FunctionalInterface
    public interface Listener {
        void at(String what, int done, int total);
    }

    /**
     * @param asked the judge; without one the embedded classifier that knows the data's classes. Not closed here
     * @param device where models live
     */
    public Evaluation(EvaluationWish wish, Optional<FeatureNetwork> asked, ComputeDevice device, Listener listener) {
        this.wish = wish;
        this.asked = asked;
        this.device = device;
        this.listener = listener;
    }

    /**
     * Everything that can be measured of a run.
     *
     * @param generation of the run's model, if it draws: its batch and precision
     */
    public EvaluationReport of(SavedRun run, Optional<Generation> generation, Precision precision) {
        try (MeasuredData data = MeasuredData.of(run.recipe(), wish.data(), wish.split())) {
            begin(run.directory().root().toString(), data);
            report.protocol("checkpoint", run.checkpoint());
            report.protocol("weights", run.hash());
            if (run.model() instanceof ClassifierModel) {
                throw new InputException(
                        "%s judges pictures and draws none. For its own accuracy give real pictures: evaluate DATA --data DATA --classifier %s."
                                .formatted(run.directory().root(), run.directory().root()));
            }
            requireSame(run, data);
            if (generation.isPresent()) {
                drawn(generation.get(), data);
            } else {
                refuseNamed("this model draws no pictures", Metric.OF_FEATURES.toArray(Metric[]::new));
                refuseNamed("this model draws no pictures", Metric.DIVERSITY, Metric.NEIGHBOURS);
            }
            coded(run, data, precision);
            return report;
        }
    }

    /**
     * Pictures that lie somewhere, as if they were generated. If they are the very data, every second picture is compared
     * with the others: what figures real pictures have.
     */
    public EvaluationReport of(String pictures) {
        String real = wish.data()
                .orElseThrow(() -> new InputException("Say with --data which real pictures to compare %s with."
                        .formatted(pictures)));
        try (MeasuredData data = MeasuredData.of(real, wish.split());
                MeasuredData own = MeasuredData.of(
                        pictures, Optional.of(io.inkstone.data.Split.TRAIN))) {
            begin(pictures, data);
            refuseNamed("these are pictures, not a model", Metric.RECONSTRUCTION, Metric.NLL);
            boolean same = pictures.equals(real) && data.split() == own.split();
            Gallery all = Gallery.of(data.measured(), realCount(data));
            Gallery shown = Gallery.of(own.train(), wish.count().orElse(Math.max(EvaluationWish.COUNT, all.count())));
            Optional<int[]> labels = labels(own.train(), own, shown.count());
            if (same) {
                report.note("Both are the same pictures: every second one is compared with the others.");
                labels = labels(own.train(), own, all.count()).map(every -> everySecond(every, 0));
                shown = Gallery.half(all, 0);
                all = Gallery.half(all, 1);
            }
            Optional<int[]> realLabels = labels(data.measured(), data, realCount(data));
            if (same) {
                realLabels = realLabels.map(every -> everySecond(every, 1));
            }
            report.protocol("count", shown.count());
            boolean alike = own.info().classes().equals(data.info().classes());
            compare(shown, all, alike ? labels : Optional.empty(), realLabels, data);
            return report;
        }
    }

    private static int[] everySecond(int[] all, int first) {
        return IntStream.range(0, (all.length + 1 - first) / 2)
                .map(i -> all[2 * i + first])
                .toArray();
    }

    private void begin(String subject, MeasuredData data) {
        report.protocol("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        report.protocol("inkstone", Environment.version());
        report.protocol("subject", subject);
        report.protocol("data", data.words());
        report.protocol("real", realCount(data));
        report.protocol(
                "pictures", "8-bit, %d×%d".formatted(data.measured().width(), data.measured().height()));
        report.protocol("seed", wish.seed());
    }

    private int realCount(MeasuredData data) {
        return Math.min(wish.real().orElse(Integer.MAX_VALUE), data.measured().count());
    }

    private void refuseNamed(String why, Metric... metrics) {
        for (Metric metric : metrics) {
            if (wish.named(metric)) {
                report.cannot(wish, metric, why + ".");
            }
        }
    }

    private static void requireSame(SavedRun run, MeasuredData data) {
        List<String> known = run.model().classes();
        if (!known.isEmpty() && known.size() != data.info().classes().size()) {
            throw new InputException("%s knows %d classes, the data %s has %d: give the data that it was trained on."
                    .formatted(
                            run.directory().root(),
                            known.size(),
                            data.info().name(),
                            data.info().classes().size()));
        }
    }

    /** Pictures are drawn for the contexts of real ones, in their order: the same classes in the same shares. */
    private void drawn(Generation generation, MeasuredData data) {
        Generates model = generation.model();
        int count = wish.count().orElse(Math.min(EvaluationWish.COUNT, realCount(data)));
        boolean conditional = !model.classes().isEmpty() && !wish.unconditional();
        PreparedSet measured = data.measured();
        List<float[]> contexts = conditional
                ? IntStream.range(0, count)
                        .mapToObj(i -> measured.entry(i % measured.count()).context())
                        .toList()
                : List.of();
        report.protocol("count", count);
        report.protocol("sampling", sampling(model));
        report.protocol(
                "classes", conditional ? "as the real pictures have them" : model.classes().isEmpty() ? "none" : "none, though the model knows some");
        report.protocol("precision", generation.precision().on(device).word());
        compare(
                Gallery.of(generation, wish.sampling(), contexts, count, wish.seed()),
                Gallery.of(measured, realCount(data)),
                conditional ? labels(measured, data, count) : Optional.empty(),
                labels(measured, data, realCount(data)),
                data);
    }

    private String sampling(Generates model) {
        SamplingOptions options = wish.sampling();
        return model.steps(options) == 1 ? "one pass" : "%d steps, %s".formatted(model.steps(options), options);
    }

    /** Class of each of {@code count} pictures, from the start again where there are fewer; empty without classes. */
    private static Optional<int[]> labels(PreparedSet set, MeasuredData data, int count) {
        if (data.info().classes().isEmpty() || !data.info().exclusive()) {
            return Optional.empty();
        }
        return Optional.of(IntStream.range(0, count)
                .map(i -> SampleMeasures.largest(set.entry(i % set.count()).context()))
                .toArray());
    }

    private void compare(
            Gallery generated, Gallery real, Optional<int[]> wanted, Optional<int[]> realLabels, MeasuredData data) {
        Optional<FeatureNetwork> own = asked.isPresent() || !wish.wantsAny(Metric.OF_FEATURES)
                ? Optional.empty()
                : Judges.fitting(data.info().classes(), device);
        try {
            Optional<FeatureNetwork> judge = wish.wantsAny(Metric.OF_FEATURES) ? asked.or(() -> own) : Optional.empty();
            GalleryReading made = reading("pictures", generated, judge);
            GalleryReading there = reading("real pictures", real, judge);
            boolean understood = judge.isPresent()
                    && judge.get().outputs() == data.info().classes().size();
            if (judge.isPresent()) {
                FeatureNetwork network = judge.get();
                report.protocol("judge", network.name());
                report.protocol("judgeSha256", network.hash());
                report.protocol("judgeFeatures", network.features());
                report.protocol("judgeSees", network.preprocessing());
                FeatureJudgement judgement = new FeatureJudgement(network, wish, report);
                judgement.compare(
                        made,
                        there,
                        understood ? wanted : Optional.empty(),
                        understood ? realLabels : Optional.empty());
                if (wish.floor()) {
                    judgement.floor(training(data, made.count(), judge), there);
                }
            } else if (wish.wantsAny(Metric.OF_FEATURES)) {
                lackOfJudge(data);
            }
            pictures(made.pictures(), there.pictures(), wanted, realLabels, data);
        } finally {
            own.ifPresent(FeatureNetwork::close);
        }
    }

    private GalleryReading training(MeasuredData data, int count, Optional<FeatureNetwork> judge) {
        if (!data.heldOut()) {
            throw new InputException(
                    "--floor compares training pictures with held-out ones, and %s holds out none.".formatted(data.words()));
        }
        return reading("training pictures", Gallery.of(data.train(), count), judge);
    }

    private void lackOfJudge(MeasuredData data) {
        for (Metric metric : Metric.values()) {
            if (Metric.OF_FEATURES.contains(metric) && wish.named(metric)) {
                report.cannot(wish, metric, judgeless(data));
            }
        }
        report.note("Figures of features (fid, kid, is, precision, accuracy, modes) are left out: " + judgeless(data));
    }

    private static String judgeless(MeasuredData data) {
        return "no embedded classifier knows the classes of %s; train one (inkstone train mnist-classifier --data PATH) and give it with --classifier RUN, or give Inception's weights with --inception FILE."
                .formatted(data.info().name());
    }

    private GalleryReading reading(String what, Gallery gallery, Optional<FeatureNetwork> judge) {
        return GalleryReading.of(gallery, judge, (done, total) -> listener.at(what, done, total));
    }

    private void pictures(
            List<Pixels> made, List<Pixels> real, Optional<int[]> wanted, Optional<int[]> realLabels, MeasuredData data) {
        CopyCheck check = new CopyCheck(wish, report);
        if (wish.wants(Metric.DIVERSITY)) {
            check.diversity(made, real, wanted, realLabels);
        }
        if (wish.wants(Metric.NEIGHBOURS)) {
            check.neighbours(made, real, data);
        }
    }

    private void coded(SavedRun run, MeasuredData data, Precision precision) {
        CodingCheck check = new CodingCheck(wish, report, device, precision);
        if (!(run.model() instanceof Autoencodes model)) {
            refuseNamed("this model has no encoder", Metric.RECONSTRUCTION, Metric.NLL);
            return;
        }
        if (wish.wants(Metric.RECONSTRUCTION)) {
            check.reconstruction(model, data, (done, total) -> listener.at("reconstructions", done, total));
        }
        if (run.model() instanceof LatentLikelihood likelihood) {
            if (wish.wants(Metric.NLL)) {
                check.likelihood(model, likelihood, data, (done, total) -> listener.at("likelihoods", done, total));
            }
        } else {
            refuseNamed("this model gives pictures no probability", Metric.NLL);
        }
    }
}
