package io.inkstone.data;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.image.Size;
import io.inkstone.image.Sizes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Shapes of about one area, to the nearest of which pictures of many shapes are brought, so that little of a wide or a tall one
 * is lost and a step costs the same for each. Known as aspect ratio bucketing (NovelAI, 2022).
 *
 * @param sizes the shapes, from the tallest to the widest; no two have one ratio
 */
public record Buckets(List<Size> sizes) {
    public Buckets {
        sizes = List.copyOf(sizes);
    }

    /**
     * For each width that is taken the largest height that keeps the area.
     *
     * @param area the shape whose area none exceeds; one of them if it is taken
     * @param most the largest ratio of the longer to the shorter side, above 1
     * @param taken sizes that the network takes
     */
    public static Buckets of(Size area, double most, Sizes taken) {
        List<Size> sizes = new ArrayList<>();
        int step = taken.step();
        for (int width = step; taken.only().isEmpty() && width * (double) width <= most * area.area(); width += step) {
            int height = (int) (area.area() / width) / step * step;
            if (height >= step && Math.max(width, height) <= most * Math.min(width, height)) {
                sizes.add(new Size(height, width));
            }
        }
        if (taken.takes(area) && !sizes.contains(area)) {
            sizes.removeIf(size -> size.width() == area.width());
            sizes.add(area);
        }
        if (sizes.size() < 2) {
            throw new InputException(Words.of(
                    "data.bucketAspect=%s finds no second shape of the area of %s that the network takes (%s): leave it at 1, choose a larger ratio, or a larger data.size.",
                    number(most), area, taken.only().isPresent() ? "it takes one size alone" : "multiples of " + step));
        }
        sizes.sort(Comparator.comparingDouble(Buckets::ratio));
        return new Buckets(sizes.stream().filter(largest(sizes)).toList());
    }

    /** Of shapes of one ratio the largest stays. */
    private static Predicate<Size> largest(List<Size> all) {
        return size -> all.stream()
                .noneMatch(other -> other.area() > size.area()
                        && (long) other.width() * size.height() == (long) size.width() * other.height());
    }

    private static String number(double ratio) {
        return ratio == Math.rint(ratio) ? String.valueOf((long) ratio) : String.valueOf(ratio);
    }

    /** Width over height. */
    private static double ratio(Size size) {
        return (double) size.width() / size.height();
    }

    /** The shape whose ratio of sides is nearest to that of {@code picture}; of two equally near ones the taller. */
    public Size nearest(Size picture) {
        double asked = Math.log(ratio(picture));
        return sizes.stream()
                .min(Comparator.comparingDouble(size -> Math.abs(Math.log(ratio(size)) - asked)))
                .orElseThrow();
    }
}
