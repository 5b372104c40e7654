package io.inkstone.evaluate;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often a classifier sees the class that was asked for. Read it beside the classifier's own accuracy on real pictures:
 * it cannot judge better than it sees, and a generator of one perfect picture per class scores 1.
 *
 * @param total over all pictures
 * @param perClass by class, NaN for a class that was never asked for
 * @param counts pictures judged, by the class that was asked for
 */
public record LabelAccuracy(double total, List<Double> perClass, List<Integer> counts) {
    public LabelAccuracy {
        perClass = List.copyOf(perClass);
        counts = List.copyOf(counts);
    }

    /**
     * @param seen the class that each picture shows
     * @param wanted the class that it was to show
     * @param classes how many there are
     */
    public static LabelAccuracy of(int[] seen, int[] wanted, int classes) {
        if (seen.length != wanted.length || seen.length == 0) {
            throw new InputException(Words.of(
                    "Accuracy compares as many answers as pictures, got %d and %d.", seen.length, wanted.length));
        }
        int[] right = new int[classes];
        int[] asked = new int[classes];
        int all = 0;
        for (int i = 0; i < seen.length; i++) {
            asked[wanted[i]]++;
            if (seen[i] == wanted[i]) {
                right[wanted[i]]++;
                all++;
            }
        }
        List<Double> perClass = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            perClass.add((double) right[label] / asked[label]);
        }
        return new LabelAccuracy(
                (double) all / seen.length,
                perClass,
                Arrays.stream(asked).boxed().toList());
    }

    /** The 95 % interval of {@link #total}. */
    public Interval interval() {
        return Interval.ofShare(
                total, counts.stream().mapToInt(Integer::intValue).sum());
    }

    /** The 95 % interval of each class, NaN for one that was never asked for. */
    public List<Interval> intervals() {
        return IntStream.range(0, counts.size())
                .mapToObj(label -> Interval.ofShare(perClass.get(label), counts.get(label)))
                .toList();
    }

    /** Pictures of the class that was asked for least often, of those that were asked for at all. */
    public int fewest() {
        return fewest(counts);
    }

    /** The least of {@code counts} that are not 0; 0 where all are. */
    static int fewest(List<Integer> counts) {
        return counts.stream()
                .mapToInt(Integer::intValue)
                .filter(count -> count > 0)
                .min()
                .orElse(0);
    }
}
