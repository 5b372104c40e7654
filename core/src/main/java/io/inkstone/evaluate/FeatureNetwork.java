package io.inkstone.evaluate;

import io.inkstone.image.Pixels;
import io.inkstone.layers.Layer;
import java.util.List;
import java.util.function.Function;

/** A trained network that turns pictures into the numbers that are compared. Figures of two networks never compare. */
public interface FeatureNetwork extends AutoCloseable {
    /** For people, such as {@code fashion-classifier} or {@code inception-2015-12-05}. */
    String name();

    /** SHA-256 of its weights in hexadecimal: what a figure was measured with. */
    String hash();

    /** What it does to 8-bit pictures before it looks at them, in words. */
    String preprocessing();

    /** d, the length of a feature vector. */
    int features();

    /** How many probabilities it gives per picture; 0 for a network that does not classify. */
    int outputs();

    /** Names of the outputs, or empty where they have none. */
    List<String> classes();

    /** Whether a picture shows one of the outputs alone; else each has a probability of its own, as attributes have. */
    default boolean exclusive() {
        return true;
    }

    /** Reads pictures of one size, as many as fit into memory at once. */
    Reading read(List<Pixels> pictures);

    /** Lets go of the weights. */
    @Override
    void close();

    /**
     * What a network says of N pictures.
     *
     * @param features [N, d]
     * @param probabilities [N, outputs], each row summing to 1 where outputs are exclusive
     */
    record Reading(float[] features, float[] probabilities) {
        /** Read batch by batch, as many at once as memory and caches like, each without gradients. */
        public static Reading inBatches(
                FeatureNetwork network, int atOnce, List<Pixels> pictures, Function<List<Pixels>, Reading> pass) {
            float[] features = new float[pictures.size() * network.features()];
            float[] probabilities = new float[pictures.size() * network.outputs()];
            for (int from = 0; from < pictures.size(); from += atOnce) {
                List<Pixels> batch = pictures.subList(from, Math.min(pictures.size(), from + atOnce));
                Reading part = Layer.evaluating(() -> pass.apply(batch));
                System.arraycopy(part.features(), 0, features, from * network.features(), part.features().length);
                System.arraycopy(
                        part.probabilities(), 0, probabilities, from * network.outputs(), part.probabilities().length);
            }
            return new Reading(features, probabilities);
        }
    }
}
