package io.inkstone.measure;

import io.inkstone.Words;
import io.inkstone.data.PreparedSet;
import io.inkstone.evaluate.Diversity;
import io.inkstone.evaluate.Interval;
import io.inkstone.evaluate.LabelledPictures;
import io.inkstone.evaluate.NearestTraining;
import io.inkstone.image.PixelRange;
import io.inkstone.image.Pixels;
import io.inkstone.measure.EvaluationWish.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the pictures themselves say, without a judge: how varied they are, and whether they are copies.
 *
 * @param wish what is to be measured
 * @param report where figures go
 */
record CopyCheck(EvaluationWish wish, EvaluationReport report) {
    /** Of held-out pictures so few lie as near to a training picture that more of the generated ones are copies. */
    private static final double NEAR = 0.01;

    private static final int LEAST_HELD_OUT = 100;

    /** Diversity by class where there are classes, of the first pictures. */
    void diversity(List<Pixels> generated, List<Pixels> real, Optional<int[]> wanted, Optional<int[]> realLabels) {
        boolean labelled = wanted.isPresent() && realLabels.isPresent();
        LabelledPictures one = labelled(generated, labelled ? wanted : Optional.empty());
        LabelledPictures other = labelled(real, labelled ? realLabels : Optional.empty());
        Set<Integer> known = several(one);
        known.retainAll(several(other));
        if (known.isEmpty()) {
            report.cannot(wish, Metric.DIVERSITY, "it needs two pictures of a class or more, generated and real.");
            return;
        }
        report.put(Protocol.DIVERSITY_OF, diversityOf(generated.size(), real.size(), labelled));
        Diversity diversity = Diversity.of(only(one, known), only(other, known), wish.seed());
        Interval interval =
                Interval.around(diversity.ratio(), diversity.error()).within(0, Double.POSITIVE_INFINITY);
        report.put(Figure.DIVERSITY, MeasuredFigure.of(diversity.ratio(), interval));
    }

    /** Of a class {@link Diversity} takes the first; without classes all pictures are of one. */
    private static String diversityOf(int generated, int real, boolean labelled) {
        int most = Diversity.MOST_PER_CLASS;
        return labelled
                ? Words.of(
                        "at most %d of a class among the first %d pictures and the first %d real ones",
                        most, generated, real)
                : Words.of(
                        "the first %d pictures and the first %d real ones",
                        Math.min(most, generated), Math.min(most, real));
    }

    private static LabelledPictures labelled(List<Pixels> pictures, Optional<int[]> labels) {
        List<float[]> values = pictures.stream()
                .map(picture -> PixelRange.UNIT.toModel(List.of(picture)))
                .toList();
        return new LabelledPictures(
                values, labels.map(all -> Arrays.copyOf(all, values.size())).orElseGet(() -> new int[values.size()]));
    }

    /** Classes with two pictures or more. */
    private static Set<Integer> several(LabelledPictures set) {
        return Arrays.stream(set.labels())
                .boxed()
                .collect(Collectors.groupingBy(label -> label, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() > 1)
                .map(java.util.Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static LabelledPictures only(LabelledPictures set, Set<Integer> labels) {
        int[] chosen = IntStream.range(0, set.labels().length)
                .filter(i -> labels.contains(set.labels()[i]))
                .toArray();
        return new LabelledPictures(
                Arrays.stream(chosen).mapToObj(set.pictures()::get).toList(),
                Arrays.stream(chosen).map(i -> set.labels()[i]).toArray());
    }

    /**
     * Distances to the nearest training pictures, beside those of pictures that were held out, and a sheet.
     *
     * @param progress told how many training pictures were looked at
     */
    void neighbours(List<Pixels> generated, List<Pixels> real, MeasuredData data, GalleryReading.Progress progress) {
        if (data.training().set().isEmpty()) {
            report.cannot(
                    wish,
                    Metric.NEIGHBOURS,
                    data.training().lacking() + ": without them nobody knows which pictures are copies.");
            return;
        }
        PreparedSet training = data.train();
        NearestTraining nearest = nearest(generated, data, progress);
        report.put(Figure.NEAREST_TRAINING, MeasuredFigure.of(nearest.median()));
        if (data.heldOut()) {
            ofReal(nearest, nearest(real, data, progress));
        } else {
            report.note(Words.of(
                    "How near the training set a new real picture would lie is not known: %s.", data.whyNotHeldOut()));
        }
        report.put(
                Protocol.NEAREST_OF,
                Words.of(
                        "the first %d pictures%s, training set of %d%s",
                        generated.size(),
                        data.heldOut() ? Words.of(" and the first %d real ones", real.size()) : "",
                        training.count(),
                        data.flipped() ? ", also mirrored" : ""));
        report.sheet(new CopySheet(generated, nearest, training).draw());
    }

    private static NearestTraining nearest(List<Pixels> pictures, MeasuredData data, GalleryReading.Progress progress) {
        int count = data.train().count();
        return NearestTraining.of(pictures, data.train(), data.flipped(), done -> progress.at(done, count));
    }

    private void ofReal(NearestTraining nearest, NearestTraining ofReal) {
        report.put(Figure.NEAREST_TRAINING_OF_REAL, MeasuredFigure.of(ofReal.median()));
        int held = ofReal.distances().length;
        if (held < LEAST_HELD_OUT) {
            report.note(Words.of(
                    "copies is left out: the nearest 1 %% of held-out pictures are known from %d on, here are %d.",
                    LEAST_HELD_OUT, held));
            return;
        }
        double share = nearest.shareWithin(ofReal.quantile(NEAR));
        report.put(Figure.COPIES, MeasuredFigure.of(share, Interval.ofShare(share, nearest.distances().length)));
    }
}
