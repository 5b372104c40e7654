package io.inkstone.measure;

import io.inkstone.Words;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.evaluate.Features;
import io.inkstone.evaluate.FrechetDistance;
import io.inkstone.evaluate.Halves;
import io.inkstone.evaluate.InceptionScore;
import io.inkstone.evaluate.Interval;
import io.inkstone.evaluate.KernelDistance;
import io.inkstone.evaluate.LabelAccuracy;
import io.inkstone.evaluate.ManifoldOverlap;
import io.inkstone.evaluate.ModeCoverage;
import io.inkstone.evaluate.Moments;
import io.inkstone.evaluate.MongeDistance;
import io.inkstone.measure.EvaluationWish.Metric;
import io.inkstone.tensor.SplitMix64;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Figures from what a judge saw of generated and of real pictures.
 *
 * @param judge whose features they are
 * @param wish what is to be measured
 * @param report where figures go
 */
record FeatureJudgement(FeatureNetwork judge, EvaluationWish wish, EvaluationReport report) {
    private static final int HALVES_OF_MANY_FEATURES = 5;
    private static final int MANY_FEATURES = 512;

    /** @param wanted what was asked for, per generated picture, where something was */
    void compare(GalleryReading generated, GalleryReading real, Shown wanted, Shown realShown) {
        int few = Math.min(generated.count(), real.count());
        if (wish.wants(Metric.FID)) {
            frechet(generated, real, few);
        }
        if (wish.wants(Metric.KID)) {
            kernel(generated, real);
        }
        if (wish.wants(Metric.MIND)) {
            monge(generated, real);
        }
        if (wish.wants(Metric.IS)) {
            score(generated);
        }
        if (wish.wants(Metric.PRECISION)) {
            overlap(generated, real);
        }
        if (!judge.exclusive()) {
            new AttributeJudgement(judge, wish, report).compare(generated, real, wanted, realShown);
        } else if (!judge.classes().isEmpty()) {
            classes(generated, real, wanted.classes(), realShown.classes());
        } else if (wish.named(Metric.ACCURACY) || wish.named(Metric.MODES)) {
            report.cannot(wish, wish.named(Metric.ACCURACY) ? Metric.ACCURACY : Metric.MODES, nameless(), "classifier");
        }
    }

    private String nameless() {
        return Words.of("%s does not know the classes of this data; give a classifier of its own.", judge.name());
    }

    private void frechet(GalleryReading generated, GalleryReading real, int few) {
        int size = judge.features();
        if (few <= size) {
            report.cannot(
                    wish,
                    Metric.FID,
                    Words.of(
                            "%d pictures do not determine a covariance of %d features; %s.",
                            few, size, more(generated, real, size)));
            return;
        }
        FrechetDistance reference = new FrechetDistance(real.moments().orElseThrow());
        double distance = reference.to(generated.moments().orElseThrow());
        double error = standardError(reference, generated);
        report.put(
                Figure.FID,
                MeasuredFigure.of(distance, Interval.around(distance, error).within(0, Double.POSITIVE_INFINITY)));
        if (few < 10 * size) {
            report.note(Words.of(
                    "FID is biased upward by few pictures: here are %d for %d features; compare it only at the same counts, and with KID, which is not.",
                    few, size));
        }
    }

    private static String more(GalleryReading generated, GalleryReading real, int size) {
        return real.count() <= size
                ? "give more real pictures, or a judge with fewer features"
                : Words.of("draw more than that (a count of %d)", Math.max(generated.count(), 2 * size));
    }

    /**
     * Of halves as large as {@link Halves} explains, but fewer where each is costly. The distance is of all pictures, halves
     * are of those whose vectors are kept: of more pictures it scatters less, by the root of their number.
     */
    private double standardError(FrechetDistance reference, GalleryReading generated) {
        Features features = generated.features().orElseThrow();
        int halves = features.size() > MANY_FEATURES ? HALVES_OF_MANY_FEATURES : Halves.USUAL;
        SplitMix64 random = new SplitMix64(wish.seed());
        double[] distances = new double[halves];
        Arrays.setAll(distances, i -> reference.to(Moments.of(features.drawn(features.count() / 2, random))));
        return Halves.deviation(distances) * Math.sqrt((double) features.count() / generated.count());
    }

    private void kernel(GalleryReading generated, GalleryReading real) {
        if (Math.min(generated.count(), real.count()) < 4) {
            report.cannot(wish, Metric.KID, "it needs 4 pictures or more of each side.");
            return;
        }
        Features one = generated.features().orElseThrow();
        Features other = real.features().orElseThrow();
        KernelDistance distance = KernelDistance.between(one, other, wish.seed());
        double error = distance.error(one, other, wish.seed());
        report.put(Figure.KID, MeasuredFigure.of(distance.mean(), Interval.around(distance.mean(), error)));
        report.put(Figure.KID_DEVIATION, MeasuredFigure.of(distance.deviation()));
        report.put(Protocol.KID_SUBSETS, Words.of("%d of %d", distance.subsets(), distance.size()));
        EnoughPictures.KERNEL.note(Math.min(one.count(), other.count()), report);
    }

    private void monge(GalleryReading generated, GalleryReading real) {
        if (Math.min(generated.count(), real.count()) < 4) {
            report.cannot(wish, Metric.MIND, "it needs 4 pictures or more of each side.");
            return;
        }
        Features one = generated.features().orElseThrow();
        Features other = real.features().orElseThrow();
        MongeDistance distance = MongeDistance.between(one, other);
        double error = MongeDistance.error(one, other, wish.seed());
        report.put(
                Figure.MIND,
                MeasuredFigure.of(
                        distance.value(),
                        Interval.around(distance.value(), error).within(0, Double.POSITIVE_INFINITY)));
        report.put(
                Protocol.MIND_PICTURES,
                Words.of("%d, %d directions", distance.count(), MongeDistance.USUAL_DIRECTIONS));
    }

    private void score(GalleryReading generated) {
        if (judge.outputs() < 2 || !judge.exclusive()) {
            report.cannot(wish, Metric.IS, judge.name() + " gives no class probabilities.");
            return;
        }
        InceptionScore score = InceptionScore.of(generated.probabilities(), judge.outputs());
        double error = score.error(generated.probabilities(), judge.outputs(), wish.seed());
        Interval interval = Interval.around(score.mean(), error).within(1, judge.outputs());
        report.put(Figure.INCEPTION_SCORE, MeasuredFigure.of(score.mean(), interval));
        report.put(Figure.INCEPTION_SCORE_DEVIATION, MeasuredFigure.of(score.deviation()));
        report.put(Protocol.INCEPTION_SCORE_PARTS, score.parts());
        EnoughPictures.SCORE.note(generated.count(), report);
    }

    private void overlap(GalleryReading generated, GalleryReading real) {
        Features one = generated.features().orElseThrow();
        Features other = real.features().orElseThrow();
        int count = Math.min(one.count(), other.count());
        if (count < 20) {
            report.cannot(wish, Metric.PRECISION, "it needs 20 pictures or more of each side.");
            return;
        }
        ManifoldOverlap.Estimate overlap = ManifoldOverlap.estimate(one.first(count), other.first(count), wish.seed());
        double precision = overlap.figures().precision();
        report.put(Figure.PRECISION, MeasuredFigure.of(precision, Interval.ofShare(precision, count)));
        overlap(Figure.RECALL, overlap, ManifoldOverlap::recall, 1);
        overlap(Figure.DENSITY, overlap, ManifoldOverlap::density, Double.POSITIVE_INFINITY);
        overlap(Figure.COVERAGE, overlap, ManifoldOverlap::coverage, 1);
        report.put(Protocol.OVERLAP_PICTURES, count);
        EnoughPictures.OVERLAP.note(count, report);
    }

    private void overlap(
            Figure figure, ManifoldOverlap.Estimate estimate, ToDoubleFunction<ManifoldOverlap> part, double most) {
        double value = part.applyAsDouble(estimate.figures());
        double error = part.applyAsDouble(estimate.errors());
        report.put(
                figure, MeasuredFigure.of(value, Interval.around(value, error).within(0, most)));
    }

    private void classes(
            GalleryReading generated, GalleryReading real, Optional<int[]> wanted, Optional<int[]> realLabels) {
        List<String> names = judge.classes();
        if (wish.wants(Metric.ACCURACY) && wanted.isPresent()) {
            LabelAccuracy accuracy = LabelAccuracy.of(generated.labels(), wanted.get(), names.size());
            accuracy(Figure.ACCURACY, accuracy);
            realLabels.ifPresent(
                    labels -> accuracy(Figure.ACCURACY_OF_REAL, LabelAccuracy.of(real.labels(), labels, names.size())));
            EnoughPictures.ACCURACY.note(accuracy.fewest(), report);
        } else if (wish.named(Metric.ACCURACY)) {
            report.cannot(wish, Metric.ACCURACY, "no class was asked for, or the judge knows other classes.");
        }
        if (wish.wants(Metric.MODES)) {
            ModeCoverage modes = ModeCoverage.of(generated.labels(), real.labels(), names.size());
            report.put(Figure.MODES_COVERED, MeasuredFigure.of(modes.covered()));
            report.put(Figure.MODE_DIVERGENCE, MeasuredFigure.of(modes.divergence()));
        }
    }

    private void accuracy(Figure figure, LabelAccuracy accuracy) {
        report.put(
                figure,
                MeasuredFigure.of(accuracy.total(), accuracy.interval())
                        .withClasses(judge.classes(), accuracy.perClass(), accuracy.intervals()));
    }

    /** The same distances for pictures that cannot be better: how near 0 they can come at this count. */
    void floor(GalleryReading training, GalleryReading real) {
        if (wish.wants(Metric.FID) && Math.min(training.count(), real.count()) > judge.features()) {
            double distance = FrechetDistance.between(
                    real.moments().orElseThrow(), training.moments().orElseThrow());
            report.put(Figure.FID_OF_TRAINING, MeasuredFigure.of(distance));
        }
        if (wish.wants(Metric.KID)) {
            KernelDistance distance = KernelDistance.between(
                    training.features().orElseThrow(), real.features().orElseThrow(), wish.seed());
            report.put(Figure.KID_OF_TRAINING, MeasuredFigure.of(distance.mean()));
        }
        if (wish.wants(Metric.MIND)) {
            MongeDistance distance = MongeDistance.between(
                    training.features().orElseThrow(), real.features().orElseThrow());
            report.put(Figure.MIND_OF_TRAINING, MeasuredFigure.of(distance.value()));
        }
    }
}
