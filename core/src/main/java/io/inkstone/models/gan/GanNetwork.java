package io.inkstone.models.gan;

import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.models.dnn.LatentGenerator;

/** Both sides of the game under one roof, so that they are saved together: children generator and discriminator. */
final class GanNetwork extends Layer {
    private final LatentGenerator generator;
    private final Discriminator discriminator;

    GanNetwork(Initializer init, LatentGenerator.Shape shape, boolean spectral) {
        generator = child("generator", new LatentGenerator(init, shape));
        discriminator = child("discriminator", new Discriminator(init, shape, spectral));
    }

    LatentGenerator generator() {
        return generator;
    }

    Discriminator discriminator() {
        return discriminator;
    }
}
