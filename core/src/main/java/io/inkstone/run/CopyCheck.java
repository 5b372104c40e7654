package io.inkstone.run;

import io.inkstone.evaluate.Diversity;
import io.inkstone.evaluate.Interval;
import io.inkstone.evaluate.LabelledPictures;
import io.inkstone.evaluate.NearestTraining;
import io.inkstone.image.PixelRange;
import io.inkstone.image.Pixels;
import io.inkstone.image.Sheet;
import io.inkstone.run.EvaluationWish.Metric;
import java.util.ArrayList;
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
    private static final int ASKED = 100;
    private static final int SHOWN_COLUMNS = 8;
    private static final int SHOWN = 4 * SHOWN_COLUMNS;

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
        report.protocol(
                "diversityOf",
                "the first %d pictures and the first %d real ones".formatted(generated.size(), real.size()));
        Diversity diversity = Diversity.of(only(one, known), only(other, known), wish.seed());
        report.figure(
                "diversity",
                diversity.ratio(),
                Interval.around(diversity.ratio(), diversity.error()).within(0, Double.POSITIVE_INFINITY));
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

    /** Distances to the nearest training pictures, beside those of pictures that were held out, and a sheet. */
    void neighbours(List<Pixels> generated, List<Pixels> real, MeasuredData data) {
        List<Pixels> asked = generated.subList(0, Math.min(ASKED, generated.size()));
        NearestTraining nearest = NearestTraining.of(asked, data.train());
        report.figure("nearestTraining", nearest.median());
        if (data.heldOut()) {
            NearestTraining ofReal = NearestTraining.of(real.subList(0, Math.min(ASKED, real.size())), data.train());
            report.figure("nearestTrainingOfReal", ofReal.median());
        } else {
            report.note("No pictures are held out: how near the training set a new real picture would lie is not known"
                    + " (data.holdOut).");
        }
        report.protocol(
                "nearestOf",
                "medians over the first %d pictures, training set of %d"
                        .formatted(asked.size(), data.train().count()));
        report.sheet(sheet(asked, nearest, data));
    }

    private static Pixels sheet(List<Pixels> asked, NearestTraining nearest, MeasuredData data) {
        int columns = Math.min(SHOWN_COLUMNS, asked.size());
        List<Pixels> all = new ArrayList<>();
        List<String> words = new ArrayList<>();
        int shown = Math.min(SHOWN, asked.size()) / columns * columns;
        for (int from = 0; from < shown; from += columns) {
            all.addAll(asked.subList(from, from + columns));
            for (int i = from; i < from + columns; i++) {
                all.add(data.train().pixels(nearest.indices()[i]));
            }
            words.addAll(List.of("picture", "nearest"));
        }
        return Sheet.of(all, columns).withRowLabels(words).draw();
    }
}
