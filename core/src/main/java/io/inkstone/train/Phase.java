package io.inkstone.train;

import io.inkstone.layers.Layer;

/** One of the things that a batch trains, with an optimizer of its own; while it runs, all else is frozen. */
public interface Phase {
    /** Names the loss and the optimizer's file entries. */
    String name();

    /** The part of the network that this phase trains. */
    Layer trained();

    Losses losses(Batch batch, Draws draws);
}
