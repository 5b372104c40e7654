package io.inkstone.run.preview;

import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.diffusion.Guidance;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.evaluate.Diversity;
import io.inkstone.evaluate.KeptPictures;
import io.inkstone.evaluate.LabelledPictures;
import io.inkstone.evaluate.NearestNeighbours;
import io.inkstone.models.Generates;
import io.inkstone.models.PictureForm;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.models.draw.SamplingProtocol;
import io.inkstone.models.draw.ShownClasses;
import io.inkstone.run.Examples;
import io.inkstone.run.RunData;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Figures of generated pictures that need no trained judge. The same seeds every time.
 *
 * @param sampling how they were drawn: {@code ddim, 25 steps, grid uniform, guidance 2}
 * @param diversity how much pictures of a class differ, relative to real ones (1 is as varied as the data); NaN where there
 *     is one real picture only
 * @param classesMet share of the classes that appear, by nearest real pictures
 * @param agreement share of pictures whose nearest real one has the class asked for; NaN without classes
 * @param secondsPerPicture of sampling
 */
public record SampleMeasures(
        String sampling, double diversity, double classesMet, double agreement, double secondsPerPicture) {
    /** Pictures drawn per class, of at most {@link ShownClasses#MOST} classes. */
    public static final int PER_CLASS = 20;

    private static final int WITHOUT_CLASSES = 100;

    /** Nobody listens. */
    public static SampleMeasures of(Generation generation, SamplingOptions sampling, LabelledPictures real) {
        return of(generation, sampling, real, SamplingListener.NONE);
    }

    /**
     * @param sampling how to draw; guidance only leads towards classes that pictures are asked for
     * @param real pictures of the data, in the model's range
     * @param listener told of the sampler's steps
     */
    static SampleMeasures of(
            Generation generation, SamplingOptions sampling, LabelledPictures real, SamplingListener listener) {
        Generates model = generation.model();
        int all = model.classes().size();
        List<Integer> classes = judged(real, all);
        GenerationRequest request = classes.isEmpty()
                ? GenerationRequest.of(WITHOUT_CLASSES, 0).withSampling(sampling.withGuidance(Guidance.NONE))
                : GenerationRequest.of(classes.size() * PER_CLASS, 0)
                        .withConditions(rows(classes, all))
                        .withSampling(sampling);
        long start = System.nanoTime();
        NdArray pictures = generation.pictures(request.withListener(listener));
        double seconds = (System.nanoTime() - start) / 1e9 / request.seeds().size();
        int[] asked = new int[request.seeds().size()];
        for (int i = 0; i < asked.length; i++) {
            asked[i] = classes.isEmpty() ? 0 : classes.get(i / PER_CLASS);
        }
        LabelledPictures generated = LabelledPictures.of(pictures.toFloats(), asked);
        LabelledPictures beside = classes.size() < all && !classes.isEmpty() ? only(real, classes) : real;
        NearestNeighbours nearest = NearestNeighbours.of(generated, beside);
        LabelledPictures comparable =
                classes.isEmpty() ? new LabelledPictures(real.pictures(), new int[real.labels().length]) : beside;
        return new SampleMeasures(
                SamplingProtocol.of(model, request.sampling()),
                comparable.pictures().size() < 2
                        ? Double.NaN
                        : Diversity.of(generated, comparable).ratio(),
                nearest.classesMet(),
                classes.isEmpty()
                        ? Double.NaN
                        : nearest.agreement(Arrays.stream(asked).boxed().toList()),
                seconds);
    }

    /**
     * The classes that some are drawn of: all, if each has real pictures to compare with, or none; attributes, which are no
     * classes, have none. Of many classes some that have them, as many as {@link ShownClasses} shows.
     */
    private static List<Integer> judged(LabelledPictures real, int classes) {
        int[] counts = new int[classes];
        for (int label : real.labels()) {
            if (label < classes) {
                counts[label]++;
            }
        }
        List<Integer> several = IntStream.range(0, classes)
                .filter(label -> counts[label] >= 2)
                .boxed()
                .toList();
        if (classes <= ShownClasses.MOST) {
            return several.size() == classes ? several : List.of();
        }
        return ShownClasses.of(several.size()).stream().map(several::get).toList();
    }

    private static List<Condition> rows(List<Integer> classes, int all) {
        return IntStream.range(0, classes.size() * PER_CLASS)
                .mapToObj(i -> Condition.oneOf(classes.get(i / PER_CLASS), all))
                .toList();
    }

    private static LabelledPictures only(LabelledPictures set, List<Integer> classes) {
        int[] chosen = IntStream.range(0, set.labels().length)
                .filter(i -> classes.contains(set.labels()[i]))
                .toArray();
        return new LabelledPictures(
                Arrays.stream(chosen).mapToObj(set.pictures()::get).toList(),
                Arrays.stream(chosen).map(i -> set.labels()[i]).toArray());
    }

    /**
     * Real pictures to compare with, in the range of {@code model}; of one class where contexts are attributes. As many as
     * evaluation keeps: fewer of large ones.
     */
    public static LabelledPictures real(RunData data, Generates model) {
        PictureForm form = model.pictures();
        int values = (int) form.values();
        Examples examples = data.examples(KeptPictures.paired(values));
        List<float[]> rows = examples.conditions().stream()
                .map(condition -> condition.weights().orElse(new float[0]))
                .toList();
        int[] labels = new int[rows.size()];
        boolean exclusive = rows.stream().allMatch(row -> row.length == 0 || sum(row) == 1);
        for (int i = 0; i < labels.length; i++) {
            labels[i] = exclusive ? largest(rows.get(i)) : 0;
        }
        return new LabelledPictures(
                examples.pictures().stream()
                        .map(picture -> form.range().toModel(List.of(picture)))
                        .toList(),
                labels);
    }

    private static double sum(float[] row) {
        double sum = 0;
        for (float value : row) {
            sum += value;
        }
        return sum;
    }

    /** The class of a one-hot row. */
    public static int largest(float[] row) {
        int index = 0;
        for (int i = 1; i < row.length; i++) {
            index = row[i] > row[index] ? i : index;
        }
        return index;
    }

    /** By name, without what does not apply. */
    public Map<String, Double> byName() {
        Map<String, Double> all = new LinkedHashMap<>();
        if (Double.isFinite(diversity)) {
            all.put("diversity", diversity);
        }
        all.put("classes", classesMet);
        if (!Double.isNaN(agreement)) {
            all.put("agreement", agreement);
        }
        return all;
    }
}
