package io.inkstone.evaluate;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Pictures with a class each.
 *
 * @param pictures all of one length and in one range, [N][values]
 * @param labels the class of each picture, [N]; all alike where there are none
 */
public record LabelledPictures(List<float[]> pictures, int[] labels) {
    public LabelledPictures {
        pictures = List.copyOf(pictures);
        labels = labels.clone();
        if (pictures.size() != labels.length) {
            throw new InputException(
                    Words.of("%d pictures need as many labels, got %d.", pictures.size(), labels.length));
        }
        int length = pictures.isEmpty() ? 0 : pictures.get(0).length;
        if (pictures.stream().anyMatch(picture -> picture.length != length)) {
            throw new InputException("Pictures that are compared must all have one size.");
        }
    }

    /** @param values [N, values per picture] in one array, C order */
    public static LabelledPictures of(float[] values, int[] labels) {
        if (labels.length == 0 || values.length % labels.length != 0) {
            throw new InputException(
                    Words.of("%d values are not %d pictures of one size.", values.length, labels.length));
        }
        int size = values.length / labels.length;
        return new LabelledPictures(
                IntStream.range(0, labels.length)
                        .mapToObj(i -> Arrays.copyOfRange(values, i * size, (i + 1) * size))
                        .toList(),
                labels);
    }

    SortedSet<Integer> classes() {
        SortedSet<Integer> all = new TreeSet<>();
        Arrays.stream(labels).forEach(all::add);
        return all;
    }

    /** The first {@code most} pictures of a class. */
    List<float[]> ofClass(int label, int most) {
        return IntStream.range(0, labels.length)
                .filter(i -> labels[i] == label)
                .limit(most)
                .mapToObj(pictures::get)
                .toList();
    }
}
