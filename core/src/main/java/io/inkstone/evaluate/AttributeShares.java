package io.inkstone.evaluate;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often a judge sees each attribute where it was asked for, and where it was not. Read it beside the same shares of real pictures:
 * the judge cannot see better in others.
 *
 * @param asked by attribute, the share of pictures with it among those that were to have it; NaN where none was
 * @param unasked by attribute, the same among those that were not to have it
 * @param right by attribute, the share of all pictures that are as they were to be
 * @param counts by attribute, pictures that were to have it
 * @param pictures all that were judged
 */
public record AttributeShares(
        List<Double> asked, List<Double> unasked, List<Double> right, List<Integer> counts, int pictures) {
    private static final double SEEN = 0.5;

    public AttributeShares {
        asked = List.copyOf(asked);
        unasked = List.copyOf(unasked);
        right = List.copyOf(right);
        counts = List.copyOf(counts);
    }

    /**
     * @param probabilities that each picture has each attribute, [N, attributes]
     * @param wanted the attributes that each was to have, [N][attributes]
     */
    public static AttributeShares of(float[] probabilities, List<float[]> wanted) {
        int pictures = wanted.size();
        if (pictures == 0 || probabilities.length % pictures != 0) {
            throw new InputException(Words.of(
                    "Attributes are judged of as many pictures as answers, got %d pictures and %d answers.",
                    pictures, probabilities.length));
        }
        int attributes = probabilities.length / pictures;
        List<Double> asked = new ArrayList<>();
        List<Double> unasked = new ArrayList<>();
        List<Double> right = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        for (int k = 0; k < attributes; k++) {
            int[] all = new int[2];
            int[] seen = new int[2];
            for (int i = 0; i < pictures; i++) {
                int was = wanted.get(i)[k] > SEEN ? 1 : 0;
                all[was]++;
                seen[was] += probabilities[i * attributes + k] > SEEN ? 1 : 0;
            }
            asked.add((double) seen[1] / all[1]);
            unasked.add((double) seen[0] / all[0]);
            right.add((double) (seen[1] + all[0] - seen[0]) / pictures);
            counts.add(all[1]);
        }
        return new AttributeShares(asked, unasked, right, counts, pictures);
    }

    /** The 95 % intervals of {@link #asked}. */
    public List<Interval> askedIntervals() {
        return IntStream.range(0, asked.size())
                .mapToObj(k -> Interval.ofShare(asked.get(k), counts.get(k)))
                .toList();
    }

    /** The 95 % intervals of {@link #unasked}. */
    public List<Interval> unaskedIntervals() {
        return IntStream.range(0, unasked.size())
                .mapToObj(k -> Interval.ofShare(unasked.get(k), pictures - counts.get(k)))
                .toList();
    }

    /** The 95 % intervals of {@link #right}. */
    public List<Interval> rightIntervals() {
        return right.stream().map(share -> Interval.ofShare(share, pictures)).toList();
    }

    /** The mean of the shares that are known. */
    public static double mean(List<Double> shares) {
        return shares.stream()
                .mapToDouble(Double::doubleValue)
                .filter(share -> !Double.isNaN(share))
                .average()
                .orElse(Double.NaN);
    }

    /** Pictures that were to have the attribute that was asked for least often, of those that were asked for at all. */
    public int fewest() {
        return LabelAccuracy.fewest(counts);
    }
}
