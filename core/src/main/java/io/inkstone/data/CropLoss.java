package io.inkstone.data;

import io.inkstone.Words;
import io.inkstone.image.Size;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Counts what a transform cuts away of pictures that have another shape than it makes. Safe for several threads. */
public final class CropLoss {
    /** Less than this of a picture is no news: a side that is a pixel longer. */
    private static final double NEWS = 0.01;

    private final String shape;
    private final Function<Size, Transform> transform;
    private final Map<Size, Integer> sizes = new ConcurrentHashMap<>();

    public CropLoss(Transform transform) {
        this(
                transform.width() == transform.height()
                        ? "not square"
                        : Words.of("of another shape than %d×%d", transform.width(), transform.height()),
                picture -> transform);
    }

    CropLoss(Preparation preparation) {
        this("of other shapes than the buckets have", preparation::transform);
    }

    private CropLoss(String shape, Function<Size, Transform> transform) {
        this.shape = shape;
        this.transform = transform;
    }

    /** Counts a picture of this size. */
    public void add(int width, int height) {
        sizes.merge(new Size(height, width), 1, Integer::sum);
    }

    /** How many pictures lose how much of their area, in a sentence; empty where none does. */
    public Optional<String> words() {
        int all = 0;
        int cut = 0;
        double sum = 0;
        double most = 0;
        Size worst = null;
        for (Map.Entry<Size, Integer> size : sizes.entrySet()) {
            double lost = transform
                    .apply(size.getKey())
                    .lost(size.getKey().width(), size.getKey().height());
            all += size.getValue();
            if (lost >= NEWS) {
                cut += size.getValue();
                sum += lost * size.getValue();
            }
            if (lost > most) {
                most = lost;
                worst = size.getKey();
            }
        }
        return cut == 0 ? Optional.empty() : Optional.of(sentence(new int[] {cut, all}, sum / cut, most, worst));
    }

    private String sentence(int[] cutOfAll, double mean, double most, Size worst) {
        String range = sizes.size() == 1
                ? String.format(Locale.ROOT, "%.0f%% of the area of each", 100 * mean)
                : String.format(
                        Locale.ROOT, "%.0f%% of their area on average, %.0f%% of %s", 100 * mean, 100 * most, worst);
        return Words.of(
                "%d of %d pictures are %s: the crop loses %s. To keep all of it: data.fit=pad or data.fit=squeeze.",
                cutOfAll[0], cutOfAll[1], shape, range);
    }
}
