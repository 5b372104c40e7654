package io.inkstone.train;

import io.inkstone.layers.Layer;
import java.util.List;
import java.util.function.BiFunction;

/** What training minimises: from batches to named losses. Most have one phase; a GAN has two. */
public interface Objective {
    /** Everything that is trained and saved. */
    Layer network();

    /** In the order in which each batch runs through them. */
    List<Phase> phases();

    /** Whether its losses on held-out pictures mean anything; a GAN's do not. */
    default boolean validates() {
        return true;
    }

    /** Which of its losses belong on one axis, and their units. One that is not named here has an axis to itself. */
    default List<Quantity> quantities() {
        return List.of();
    }

    /** An objective with a single phase that trains the whole network; its losses have no units. */
    static Objective of(Layer network, BiFunction<Batch, Draws, Losses> losses) {
        return of(network, List.of(), losses);
    }

    /** An objective with a single phase that trains the whole network. */
    static Objective of(Layer network, List<Quantity> quantities, BiFunction<Batch, Draws, Losses> losses) {
        Phase only = new Phase() {
            @Override
            public String name() {
                return "loss";
            }

            @Override
            public Layer trained() {
                return network;
            }

            @Override
            public Losses losses(Batch batch, Draws draws) {
                return losses.apply(batch, draws);
            }
        };
        return new Objective() {
            @Override
            public Layer network() {
                return network;
            }

            @Override
            public List<Phase> phases() {
                return List.of(only);
            }

            @Override
            public List<Quantity> quantities() {
                return quantities;
            }
        };
    }
}
