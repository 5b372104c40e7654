package io.inkstone.measure;

import io.inkstone.InterruptedWorkException;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.evaluate.Features;
import io.inkstone.evaluate.KeptPictures;
import io.inkstone.evaluate.ModeCoverage;
import io.inkstone.evaluate.Moments;
import io.inkstone.image.Pixels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of a gallery in one pass.
 *
 * @param count pictures looked at
 * @param moments of all feature vectors
 * @param features the first {@link #MOST_FEATURES} vectors
 * @param probabilities of the judge's classes, [N, outputs]
 * @param outputs of the judge
 * @param pictures the first as they are: at most 2,000, and no more than 64 MB of them
 */
public record GalleryReading(
        int count,
        Optional<Moments> moments,
        Optional<Features> features,
        float[] probabilities,
        int outputs,
        List<Pixels> pictures) {
    /** Vectors for metrics that need them all at once; more say no more. */
    static final int MOST_FEATURES = 10_000;

    /** Values of pictures that are looked at together. */
    private static final int BATCH_VALUES = 128 * 3 * 64 * 64;

    private static final int MOST_AT_ONCE = 128;
    private static final int MOST_KEPT = 2000;

    /** Told how far a pass has come. */
    @FunctionalInterface
    interface Progress {
        void at(int done, int total);
    }

    /** @param judge none only keeps the first pictures, and looks at no more */
    static GalleryReading of(Gallery gallery, Optional<FeatureNetwork> judge, Progress progress) {
        Moments moments = judge.map(network -> new Moments(network.features())).orElse(null);
        int outputs = judge.map(FeatureNetwork::outputs).orElse(0);
        int total = judge.isPresent() ? gallery.count() : Math.min(gallery.count(), MOST_KEPT);
        int size = judge.map(FeatureNetwork::features).orElse(0);
        float[] kept = new float[Math.min(total, MOST_FEATURES) * size];
        float[] probabilities = new float[total * outputs];
        List<Pixels> pictures = new ArrayList<>();
        int batch = 1;
        for (int from = 0; from < total; from += batch) {
            InterruptedWorkException.check();
            // The first picture alone tells how large they are.
            batch = from == 0 ? 1 : batch(pictures.get(0));
            List<Pixels> some = gallery.pictures(from, Math.min(total, from + batch));
            keep(pictures, some);
            if (judge.isPresent()) {
                FeatureNetwork.Reading reading = judge.get().read(some);
                moments.add(new Features(reading.features(), size));
                copy(reading.features(), kept, from * size);
                copy(reading.probabilities(), probabilities, from * outputs);
            }
            progress.at(Math.min(total, from + batch), total);
        }
        return new GalleryReading(
                total,
                Optional.ofNullable(moments),
                judge.map(network -> new Features(kept, size)),
                probabilities,
                outputs,
                pictures);
    }

    private static int batch(Pixels picture) {
        return Math.max(1, Math.min(MOST_AT_ONCE, BATCH_VALUES / picture.data().length));
    }

    private static void keep(List<Pixels> pictures, List<Pixels> some) {
        for (Pixels picture : some) {
            if (pictures.size() < KeptPictures.most(MOST_KEPT, picture.data().length)) {
                pictures.add(picture);
            }
        }
    }

    private static void copy(float[] part, float[] all, int at) {
        System.arraycopy(part, 0, all, Math.min(at, all.length), Math.max(0, Math.min(part.length, all.length - at)));
    }

    /** The judge's class of each picture. */
    int[] labels() {
        return ModeCoverage.labels(probabilities, outputs);
    }

    /** The judge's class of the first pictures. */
    int[] labels(int first) {
        return Arrays.copyOf(labels(), first);
    }
}
