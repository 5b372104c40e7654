package io.inkstone.measure;

import io.inkstone.Counted;
import io.inkstone.InputException;
import io.inkstone.NearestName;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.Transform;
import io.inkstone.data.source.DataSource;
import io.inkstone.image.Pixels;
import io.inkstone.models.code.Coding;
import io.inkstone.run.SavedRun;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Directions in the space of codes that stand for attributes: for each, the mean code of pictures that have it minus the
 * mean code of those that have it not (Larsen et al. 2016, section 4.2).
 *
 * @param directions one flat code each, by the attribute's name
 */
public record AttributeVectors(Map<String, float[]> directions) {
    /** Pictures that are encoded: enough for a mean of means. */
    private static final int MOST = 1000;

    private static final int CHUNK = 100;

    /**
     * Computes directions from labelled pictures of {@code source}; some of them must have the attribute, and some not.
     *
     * @param wanted attributes, looked for before anything is encoded
     */
    public static AttributeVectors of(String source, SavedRun run, Coding coding, Set<String> wanted) {
        try (DataSet data = DataSource.open(source)) {
            PictureSet set = data.train();
            List<String> names = set.info().classes();
            if (names.isEmpty()) {
                throw new InputException(Words.of(
                                "%s has no attributes: give labelled pictures.",
                                set.info().name()))
                        .about("data");
            }
            Map<String, Integer> indices = new LinkedHashMap<>();
            wanted.forEach(name -> indices.put(name, index(name, names)));
            int[] spread = set.spread(MOST).toArray();
            indices.forEach((name, index) -> requireBoth(name, index, spread, set));
            Map<String, Sums> sums = new LinkedHashMap<>();
            indices.forEach((name, index) -> sums.put(name, new Sums(index)));
            for (int from = 0; from < spread.length; from += CHUNK) {
                int[] chunk = Arrays.copyOfRange(spread, from, Math.min(spread.length, from + CHUNK));
                NdArray codes = codes(set, chunk, run, coding);
                sums.values().forEach(each -> each.add(set, chunk, codes));
            }
            Map<String, float[]> directions = new LinkedHashMap<>();
            sums.forEach((name, each) -> directions.put(name, each.difference()));
            return new AttributeVectors(directions);
        }
    }

    /**
     * Codes moved along the directions.
     *
     * @param codes [N, …]
     * @param amounts by the name of a direction; 1 is the whole difference
     */
    public NdArray add(NdArray codes, Map<String, Double> amounts) {
        float[] values = codes.toFloats();
        amounts.forEach((name, amount) -> {
            float[] direction = directions.get(name);
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (amount * direction[i % direction.length]);
            }
        });
        return NdArray.of(values, codes.shape());
    }

    private static int index(String name, List<String> names) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new InputException(Words.of(
                    "There is no attribute '%s'.%s Known: %s.",
                    name, NearestName.suggestion(name, names), String.join(", ", names)));
        }
        return index;
    }

    /** Before anything is encoded: an attribute of all pictures, or of none, tells no direction. */
    private static void requireBoth(String name, int index, int[] pictures, PictureSet set) {
        long having = Arrays.stream(pictures).filter(i -> has(set, i, index)).count();
        if (having == 0 || having == pictures.length) {
            throw new InputException(Words.of(
                            "Of the %s of %s that were looked at, %s '%s', which tells no direction: give pictures with it and pictures without.",
                            Counted.of(pictures.length, "picture"),
                            set.info().name(),
                            having == 0 ? "none has" : "all have",
                            name))
                    .about("data");
        }
    }

    private static boolean has(PictureSet set, int picture, int attribute) {
        return set.entry(picture).context()[attribute] > 0.5;
    }

    private static NdArray codes(PictureSet set, int[] indices, SavedRun run, Coding coding) {
        Transform transform = run.transform().on(set.info());
        List<Pixels> pictures = Arrays.stream(indices)
                .mapToObj(i -> transform.apply(set.pixels(i), set.entry(i).name()))
                .toList();
        return coding.means(run.model().pictures().array(pictures), List.of());
    }

    /** Sums of codes with and without an attribute. */
    private static final class Sums {
        private final int attribute;
        private double[] with;
        private double[] without;
        private int withCount;
        private int withoutCount;

        Sums(int attribute) {
            this.attribute = attribute;
        }

        /** @param codes [N, …] of the pictures at {@code indices} */
        void add(PictureSet set, int[] indices, NdArray codes) {
            float[] values = codes.toFloats();
            int size = values.length / indices.length;
            if (with == null) {
                with = new double[size];
                without = new double[size];
            }
            for (int i = 0; i < indices.length; i++) {
                boolean has = has(set, indices[i], attribute);
                withCount += has ? 1 : 0;
                withoutCount += has ? 0 : 1;
                double[] sum = has ? with : without;
                for (int j = 0; j < size; j++) {
                    sum[j] += values[i * size + j];
                }
            }
        }

        /** Mean code with the attribute less that without. */
        float[] difference() {
            float[] difference = new float[with.length];
            for (int i = 0; i < difference.length; i++) {
                difference[i] = (float) (with[i] / withCount - without[i] / withoutCount);
            }
            return difference;
        }
    }
}
