package io.inkstone.measure;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.condition.Condition;
import io.inkstone.data.ClassOrder;
import io.inkstone.data.PreparedSet;
import io.inkstone.data.Split;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.measure.EvaluationWish.Metric;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.Classifies;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingProtocol;
import io.inkstone.run.Environment;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
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
        RunMeeting meeting = new RunMeeting(run, wish, report);
        try (MeasuredData data = meeting.data().mixed(wish.seed())) {
            begin(run.directory().root().toString(), data);
            report.put(Protocol.CHECKPOINT, run.checkpoint());
            report.put(Protocol.WEIGHTS, run.hash());
            if (run.model() instanceof Classifies) {
                throw new InputException(Words.of(
                        "%s judges pictures and draws none. For its own accuracy give real pictures: evaluate DATA --data DATA --classifier %s.",
                        run.directory().root(), run.directory().root()));
            }
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
     * Pictures that lie somewhere, as if they were generated. If they are the very data, a random half is compared with
     * the other: what figures real pictures have.
     */
    public EvaluationReport of(String pictures) {
        String real = wish.data()
                .orElseThrow(() -> new InputException(
                        Words.of("Say with --data which real pictures to compare %s with.", pictures)));
        boolean same = SamePlace.of(pictures, real);
        try (MeasuredData data = MeasuredData.of(real, wish.split()).mixed(wish.seed());
                MeasuredData own =
                        data.like(pictures, partBeside(data.split(), same)).mixed(wish.seed())) {
            begin(pictures, data);
            if (!same) {
                own.notes().forEach(report::note);
            }
            refuseNamed("these are pictures, not a model", Metric.RECONSTRUCTION, Metric.NLL);
            int[] there = first(realCount(data));
            int[] shown = first(Math.min(
                    own.measured().count(), wish.count().orElse(Math.max(EvaluationWish.COUNT, there.length))));
            if (same && data.split() == own.split()) {
                report.note("Both are the same pictures: a random half of them is compared with the other.");
                int half = there.length / 2;
                int most = wish.count().orElse(there.length);
                shown = Arrays.copyOf(there, Math.min(half, most));
                there = Arrays.copyOfRange(there, half, half + Math.min(there.length - half, most));
                report.put(Protocol.REAL, there.length);
            }
            report.put(Protocol.COUNT, shown.length);
            Optional<ClassOrder> alike =
                    ClassOrder.ofNames(data.info().classes(), own.info().classes());
            int[] some = shown;
            compare(
                    Gallery.of(own.measured(), some),
                    Gallery.of(data.measured(), there),
                    alike.map(order -> Shown.of(own.inOrder(order).measured(), some))
                            .orElse(Shown.NOTHING),
                    Shown.of(data.measured(), there),
                    data);
            return report;
        }
    }

    /** All of other pictures; of the very ones that are compared with the training part, unless that is in all of them. */
    private static Split partBeside(Split split, boolean same) {
        return same && split != Split.ALL ? Split.TRAIN : Split.ALL;
    }

    private static int[] first(int count) {
        return IntStream.range(0, count).toArray();
    }

    private void begin(String subject, MeasuredData data) {
        if (wish.floor() && data.training().set().isEmpty()) {
            throw new InputException(Words.of(
                    "--floor measures training pictures, and %s: leave out --floor.",
                    data.training().lacking()));
        }
        if (wish.floor() && !data.heldOut()) {
            throw new InputException(Words.of(
                    "--floor compares training pictures with held-out ones, but %s (or leave out --floor).",
                    data.whyNotHeldOut()));
        }
        report.put(Protocol.TIME, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        report.put(Protocol.INKSTONE, Environment.version());
        report.put(Protocol.SUBJECT, subject);
        report.put(Protocol.DATA, data.words());
        data.notes().forEach(report::note);
        report.put(Protocol.REAL, realCount(data));
        report.put(
                Protocol.PICTURES,
                Words.of(
                        "8-bit, %d×%d", data.measured().width(), data.measured().height()));
        report.put(Protocol.SEED, wish.seed());
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

    /** Pictures are drawn for the conditions of real ones, in their order: the same classes in the same shares. */
    private void drawn(Generation generation, MeasuredData data) {
        Generates model = generation.model();
        int count = wish.count().orElse(Math.min(EvaluationWish.COUNT, realCount(data)));
        PreparedSet measured = data.measured();
        boolean reads = model.conditions().readsWords() && measured.info().captioned();
        boolean conditional = (reads || !model.classes().isEmpty()) && !wish.unconditional();
        int[] there = first(realCount(data));
        int[] models = IntStream.range(0, count).map(i -> i % there.length).toArray();
        List<Condition> conditions = conditional
                ? Arrays.stream(models)
                        .mapToObj(i -> measured.entry(i).condition())
                        .map(known -> reads ? known.words().map(Condition::text).orElse(Condition.NONE) : known)
                        .toList()
                : List.of();
        GenerationRequest request = GenerationRequest.of(count, wish.seed())
                .withConditions(conditions)
                .withSampling(wish.sampling());
        model.requirePossible(request);
        report.put(Protocol.COUNT, count);
        report.put(Protocol.SAMPLING, SamplingProtocol.of(model, wish.sampling()));
        report.put(
                Protocol.CLASSES,
                conditional
                        ? reads ? "the captions of the real pictures" : "as the real pictures have them"
                        : model.classes().isEmpty() ? "none" : "none, though the model knows some");
        report.put(Protocol.PRECISION, generation.precision().on(device).word());
        compare(
                Gallery.of(generation, request),
                Gallery.of(measured, there),
                conditional ? Shown.of(measured, models) : Shown.NOTHING,
                Shown.of(measured, there),
                data);
    }

    private void compare(Gallery generated, Gallery real, Shown wanted, Shown realShown, MeasuredData data) {
        new PictureComparison(wish, asked, device, listener, report)
                .compare(new PictureComparison.Sides(generated, real, wanted, realShown), data);
    }

    private void coded(SavedRun run, MeasuredData data, Precision precision) {
        CodingCheck check = new CodingCheck(wish, report, device, precision);
        if (!(run.model() instanceof Autoencodes model)) {
            refuseNamed("this model has no encoder", Metric.RECONSTRUCTION, Metric.NLL);
            return;
        }
        report.put(Protocol.PRECISION, precision.on(device).word());
        if (wish.wants(Metric.RECONSTRUCTION)) {
            check.reconstruction(model, data, (done, total) -> listener.at("reconstructions", done, total));
        }
        if (model.likelihood().isEmpty()) {
            refuseNamed("this model gives pictures no probability", Metric.NLL);
        } else if (wish.wants(Metric.NLL)) {
            check.likelihood(model, data, (done, total) -> listener.at("likelihoods", done, total));
        }
    }
}
