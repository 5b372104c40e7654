package io.inkstone.run;

import io.inkstone.InputException;
import io.inkstone.NearestName;
import io.inkstone.array.NdArray;
import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.Transform;
import io.inkstone.data.source.DataSource;
import io.inkstone.image.Pixels;
import io.inkstone.models.Coding;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Directions in the space of codes that stand for attributes: for each, the mean code of pictures that have it minus the
 * mean code of those that have it not (Larsen et al. 2016, section 4.2).
 *
 * @param names of the attributes
 * @param directions one flat code each
 */
public record AttributeVectors(List<String> names, List<float[]> directions) {
    /** Pictures that are encoded: enough for a mean of means. */
    private static final int MOST = 1000;

    private static final int CHUNK = 100;

    /**
     * Computes all directions from the first labelled pictures of {@code source}.
     *
     * @param wanted attributes that it must have, looked for before anything is encoded
     */
    public static AttributeVectors of(String source, SavedRun run, Coding coding, Set<String> wanted) {
        try (DataSet data = DataSource.open(source)) {
            PictureSet set = data.train();
            List<String> names = set.info().classes();
            if (names.isEmpty()) {
                throw new InputException("%s has no attributes: give labelled pictures with --data."
                        .formatted(set.info().name()));
            }
            wanted.forEach(name -> index(name, names));
            Sums sums = new Sums(names.size());
            int count = Math.min(MOST, set.count());
            for (int from = 0; from < count; from += CHUNK) {
                sums.add(set, from, Math.min(count, from + CHUNK), run, coding);
            }
            return new AttributeVectors(
                    names,
                    IntStream.range(0, names.size()).mapToObj(sums::difference).toList());
        }
    }

    /**
     * Codes moved along the directions.
     *
     * @param codes [N, …]
     * @param amounts by name; 1 is the whole difference
     */
    public NdArray add(NdArray codes, Map<String, Double> amounts) {
        float[] values = codes.toFloats();
        amounts.forEach((name, amount) -> {
            float[] direction = directions.get(index(name, names));
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

        void add(PictureSet set, int from, int to, SavedRun run, Coding coding) {
            Transform transform = run.transform().on(set.info());
            List<Pixels> pictures = IntStream.range(from, to)
                    .mapToObj(i -> transform.apply(set.pixels(i), set.entry(i).name()))
                    .toList();
            float[] codes = coding.means(run.model().pictures().array(pictures), List.of())
                    .toFloats();
            int size = codes.length / pictures.size();
            for (int i = 0; i < pictures.size(); i++) {
                add(set.entry(from + i).context(), codes, i * size, size);
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

        /** Zero for attributes that all pictures have, or none. */
        float[] difference(int attribute) {
            double[] present = with[attribute];
            double[] absent = without[attribute];
            if (present == null || absent == null) {
                return new float[(present == null ? absent : present).length];
            }
            float[] difference = new float[present.length];
            for (int i = 0; i < difference.length; i++) {
                difference[i] = (float) (present[i] / count[attribute] - absent[i] / (all - count[attribute]));
            }
            return difference;
        }
    }
}
