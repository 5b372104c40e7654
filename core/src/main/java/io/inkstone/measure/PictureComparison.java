package io.inkstone.measure;

import io.inkstone.Words;
import io.inkstone.data.ClassOrder;
import io.inkstone.data.DataInfo;
import io.inkstone.data.MixedSet;
import io.inkstone.data.PreparedSet;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.evaluate.KeptPictures;
import io.inkstone.image.Pixels;
import io.inkstone.measure.EvaluationWish.Metric;
import io.inkstone.tensor.ComputeDevice;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Two galleries side by side: one pass through each, then every figure that was asked for.
 *
 * @param wish what is to be measured
 * @param asked the judge; without one the embedded classifier that knows the data's classes
 * @param device where judges live
 * @param listener told how far it has come
 * @param report where figures go
 */
record PictureComparison(
        EvaluationWish wish,
        Optional<FeatureNetwork> asked,
        ComputeDevice device,
        Evaluation.Listener listener,
        EvaluationReport report) {
    /**
     * What is compared.
     *
     * @param generated pictures to judge
     * @param real pictures to judge them by
     * @param wanted what was asked for, per generated picture, where something was
     * @param realShown what each real picture shows, where that is known
     */
    record Sides(Gallery generated, Gallery real, Shown wanted, Shown realShown) {}

    void compare(Sides sides, MeasuredData data) {
        Optional<FeatureNetwork> own = asked.isPresent() || !wish.wantsAny(Metric.OF_FEATURES)
                ? Optional.empty()
                : Judges.fitting(data.info().classes(), device);
        try {
            List<String> classes = data.info().classes();
            Optional<FeatureNetwork> judge = wish.wantsAny(Metric.OF_FEATURES)
                    ? asked.or(() -> own).map(network -> inOrder(network, classes))
                    : Optional.empty();
            GalleryReading made = reading("pictures", sides.generated(), judge);
            GalleryReading there = reading("real pictures", sides.real(), judge);
            boolean understood = judge.isPresent()
                    && ClassOrder.of(classes, judge.get().classes()).isPresent();
            if (judge.isPresent()) {
                FeatureNetwork network = judge.get();
                report.put(Protocol.JUDGE, network.name());
                report.put(Protocol.JUDGE_SHA256, network.hash());
                report.put(Protocol.JUDGE_FEATURES, network.features());
                report.put(Protocol.JUDGE_SEES, network.preprocessing());
                if (!understood) {
                    knowsOthers(network, data.info());
                }
                FeatureJudgement judgement = new FeatureJudgement(network, wish, report);
                judgement.compare(
                        made,
                        there,
                        understood ? sides.wanted() : Shown.NOTHING,
                        understood ? sides.realShown() : Shown.NOTHING);
                if (wish.floor()) {
                    judgement.floor(training(data, made.count(), judge), there);
                }
            } else if (wish.wantsAny(Metric.OF_FEATURES)) {
                lackOfJudge(data);
            }
            pictures(made.pictures(), there.pictures(), sides, data);
        } finally {
            own.ifPresent(FeatureNetwork::close);
        }
    }

    /** With the data's order of classes, where it knows the same ones. */
    private static FeatureNetwork inOrder(FeatureNetwork judge, List<String> classes) {
        return ClassOrder.of(classes, judge.classes())
                .filter(order -> !order.isTheSame())
                .<FeatureNetwork>map(order -> new JudgeInOrder(judge, order))
                .orElse(judge);
    }

    private void knowsOthers(FeatureNetwork judge, DataInfo data) {
        if (wish.wants(Metric.ACCURACY)
                && !judge.classes().isEmpty()
                && !data.classes().isEmpty()) {
            report.note(Words.of(
                    "%s knows %s, the data %s has %s: label accuracy is left out, and modes are of the judge's classes.",
                    judge.name(), ClassOrder.words(judge.classes()), data.name(), ClassOrder.words(data.classes())));
        }
    }

    /** So many training pictures, of all classes. */
    private GalleryReading training(MeasuredData data, int count, Optional<FeatureNetwork> judge) {
        PreparedSet mixed = new MixedSet(data.train(), wish.seed());
        int[] some = IntStream.range(0, Math.min(count, mixed.count())).toArray();
        return reading("training pictures", Gallery.of(mixed, some), judge);
    }

    private void lackOfJudge(MeasuredData data) {
        for (Metric metric : Metric.values()) {
            if (Metric.OF_FEATURES.contains(metric) && wish.named(metric)) {
                report.cannot(wish, metric, judgeless(data), "classifier=RUN", "inception=FILE");
            }
        }
        report.note("Figures of features (fid, kid, mind, is, precision, accuracy, modes) are left out: "
                + judgeless(data));
    }

    private static String judgeless(MeasuredData data) {
        return Words.of(
                "no embedded classifier knows the classes of %s; train one on them (the recipe mnist-classifier) and give it as the classifier, or give Inception's weights.",
                data.info().name());
    }

    private GalleryReading reading(String what, Gallery gallery, Optional<FeatureNetwork> judge) {
        return GalleryReading.of(gallery, judge, (done, total) -> listener.at(what, done, total));
    }

    private void pictures(List<Pixels> made, List<Pixels> real, Sides sides, MeasuredData data) {
        CopyCheck check = new CopyCheck(wish, report);
        if (wish.wants(Metric.DIVERSITY)) {
            check.diversity(
                    some(made),
                    some(real),
                    sides.wanted().classes(),
                    sides.realShown().classes());
        }
        if (wish.wants(Metric.NEIGHBOURS)) {
            check.neighbours(
                    made, real, data, (done, total) -> listener.at("training pictures looked through", done, total));
        }
    }

    /** As many as are compared pair by pair. */
    private static List<Pixels> some(List<Pixels> pictures) {
        int most = pictures.isEmpty() ? 0 : KeptPictures.paired(pictures.get(0).data().length);
        return pictures.subList(0, Math.min(most, pictures.size()));
    }
}
