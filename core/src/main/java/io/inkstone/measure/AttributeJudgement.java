package io.inkstone.measure;

import io.inkstone.evaluate.AttributeShares;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.evaluate.Interval;
import io.inkstone.measure.EvaluationWish.Metric;
import java.util.List;

/**
 * Figures from a judge that tells attributes, each by itself.
 *
 * @param judge that saw them
 * @param wish what is to be measured
 * @param report where figures go
 */
record AttributeJudgement(FeatureNetwork judge, EvaluationWish wish, EvaluationReport report) {
    /** @param wanted the attributes that were asked for, per generated picture */
    void compare(GalleryReading generated, GalleryReading real, Shown wanted, Shown realShown) {
        if (wish.named(Metric.MODES)) {
            report.cannot(wish, Metric.MODES, judge.name() + " tells attributes, of which a picture has several.");
        }
        if (!wish.wants(Metric.ACCURACY)) {
            return;
        }
        if (wanted.attributes().isEmpty()) {
            if (wish.named(Metric.ACCURACY)) {
                report.cannot(wish, Metric.ACCURACY, "no attributes were asked for, or the judge knows other ones.");
            }
            return;
        }
        AttributeShares made = AttributeShares.of(
                generated.probabilities(), wanted.attributes().get());
        put(Figure.ATTRIBUTES_ASKED, made.asked(), made.askedIntervals());
        put(Figure.ATTRIBUTES_UNASKED, made.unasked(), made.unaskedIntervals());
        realShown.attributes().ifPresent(rows -> {
            AttributeShares there = AttributeShares.of(real.probabilities(), rows);
            put(Figure.ATTRIBUTES_ASKED_OF_REAL, there.asked(), there.askedIntervals());
            put(Figure.ATTRIBUTES_UNASKED_OF_REAL, there.unasked(), there.unaskedIntervals());
            put(Figure.ATTRIBUTE_ACCURACY_OF_REAL, there.right(), there.rightIntervals());
        });
        EnoughPictures.ATTRIBUTES.note(made.fewest(), report);
    }

    private void put(Figure figure, List<Double> shares, List<Interval> intervals) {
        report.put(
                figure,
                MeasuredFigure.of(AttributeShares.mean(shares)).withClasses(judge.classes(), shares, intervals));
    }
}
