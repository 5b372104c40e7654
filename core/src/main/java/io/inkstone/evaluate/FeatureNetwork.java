package io.inkstone.evaluate;

import io.inkstone.image.Pixels;
import java.util.List;

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

    /** Reads pictures of one size, as many as fit into memory at once. */
    Reading read(List<Pixels> pictures);

    /** Lets go of the weights. */
    @Override
    void close();

    /**
     * What a network says of N pictures.
     *
     * @param features [N, d]
     * @param probabilities [N, outputs], each row summing to 1
     */
    record Reading(float[] features, float[] probabilities) {}
}
