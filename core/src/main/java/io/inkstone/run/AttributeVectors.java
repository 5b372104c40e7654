package io.inkstone.run;

import io.inkstone.Counted;
import io.inkstone.InputException;
import io.inkstone.NearestName;
import io.inkstone.array.NdArray;
import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.Transform;
import io.inkstone.data.source.DataSource;
import io.inkstone.image.Pixels;
import io.inkstone.models.Coding;
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
                throw new InputException("%s has no attributes: give labelled pictures with --data."
                        .formatted(set.info().name()));
            }
            Map<String, Integer> indices = new LinkedHashMap<>();
            wanted.forEach(name -> indices.put(name, index(name, names)));
            Sums sums = new Sums(names.size());
            int[] spread = set.spread(MOST).toArray();
            for (int from = 0; from < spread.length; from += CHUNK) {
                sums.add(set, Arrays.copyOfRange(spread, from, Math.min(spread.length, from + CHUNK)), run, coding);
            }
            Map<String, float[]> directions = new LinkedHashMap<>();
            indices.forEach((name, index) -> directions.put(name, sums.difference(index, name, set)));
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
            throw new InputException("There is no attribute '%s'.%s Known: %s."
                    .formatted(name, NearestName.suggestion(name, names), String.join(", ", names)));
        }
        return index;
    }

    /** Sums of codes with and without each attribute. */
    private static final class Sums {
        private final double[][] with;
        private final double[][] without;
        private final int[] count;
        private int all;

        Sums(int attributes) {
            with = new double[attributes][];
            without = new double[attributes][];
            count = new int[attributes];
        }

        void add(PictureSet set, int[] indices, SavedRun run, Coding coding) {
            Transform transform = run.transform().on(set.info());
            List<Pixels> pictures = Arrays.stream(indices)
                    .mapToObj(i -> transform.apply(set.pixels(i), set.entry(i).name()))
                    .toList();
            float[] codes = coding.means(run.model().pictures().array(pictures), List.of())
                    .toFloats();
            int size = codes.length / pictures.size();
            for (int i = 0; i < pictures.size(); i++) {
                add(set.entry(indices[i]).context(), codes, i * size, size);
            }
        }

        private void add(float[] attributes, float[] codes, int start, int size) {
            all++;
            for (int a = 0; a < attributes.length; a++) {
                boolean has = attributes[a] > 0.5;
                count[a] += has ? 1 : 0;
                double[][] sums = has ? with : without;
                if (sums[a] == null) {
                    sums[a] = new double[size];
                }
                for (int i = 0; i < size; i++) {
                    sums[a][i] += codes[start + i];
                }
            }
        }

        /** @param name of the attribute, for the message if all pictures have it, or none */
        float[] difference(int attribute, String name, PictureSet set) {
            double[] present = with[attribute];
            double[] absent = without[attribute];
            if (present == null || absent == null) {
                throw new InputException(
                        "Of the %s of %s that were looked at, %s '%s', which tells no direction: give pictures with it and pictures without (--data)."
                                .formatted(
                                        Counted.of(all, "picture"),
                                        set.info().name(),
                                        present == null ? "none has" : "all have",
                                        name));
            }
            float[] difference = new float[present.length];
            for (int i = 0; i < difference.length; i++) {
                difference[i] = (float) (present[i] / count[attribute] - absent[i] / (all - count[attribute]));
            }
            return difference;
        }
    }
}
