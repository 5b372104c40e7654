package io.inkstone.models;

import io.inkstone.condition.ClassEncoder;
import io.inkstone.condition.ConditionEncoder;
import io.inkstone.image.Sizes;
import io.inkstone.layers.Layer;
import io.inkstone.train.Objective;
import io.inkstone.weights.WeightFile;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A built system: its network and what can be done with it. What it can do beyond training stands in interfaces beside
 * this one, such as {@link Generates}.
 */
public interface Model extends AutoCloseable {
    /** Every parameter, under the names that are the contract with weight files. */
    Layer network();

    /** The pictures it takes and makes. */
    PictureForm pictures();

    /** Which other sizes of pictures it takes; by itself only those it was trained on. */
    default Sizes sizes() {
        return Sizes.only(pictures().size());
    }

    /** Names of the context's entries; empty if it knows none. */
    List<String> classes();

    /** How its network is told what a picture should show. */
    default ConditionEncoder conditions() {
        return new ClassEncoder(classes(), () -> network().device());
    }

    /**
     * Whether a picture may come without a class: training showed some without, or there are no classes. Others take a
     * context of zeros too, but were never shown one.
     */
    default boolean knowsEmptyContext() {
        return classes().isEmpty();
    }

    /** What training minimises. */
    Objective objective();

    /** The shape of the network's usual input for {@code count} pictures of the model's form. */
    long[] inputShape(int count);

    /** Runs the network once on zeros of {@code inputShape}, so that a {@link io.inkstone.layers.Watch} sees the shapes. */
    void pass(long... inputShape);

    /**
     * Blocks whose insides a training pass computes twice instead of keeping them.
     *
     * @param count pictures in the pass
     * @param bytes of a value
     */
    default Set<Layer> recomputed(int count, int bytes) {
        return Set.of();
    }

    /** Memory of weights that training passes and does not change, beside the network, where that is known. */
    default long besideBytes() {
        return 0;
    }

    /** Says that no weight will change again ({@link Layer#settle}). */
    default void settle() {
        network().settle();
    }

    /** What readers of its weights cannot tell from their shapes, by the metadata keys of {@link WeightFile}. */
    default Map<String, String> weightMetadata() {
        return Map.of();
    }

    @Override
    default void close() {
        network().close();
    }
}
