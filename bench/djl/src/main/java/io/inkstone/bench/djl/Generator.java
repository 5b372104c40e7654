package io.inkstone.bench.djl;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import java.util.List;

/** The generator as DJL's documentation would have it written, [latents and label] → [made]. */
final class Generator {
    private Generator() {}

    static NamedNetwork named(int channels, int side) {
        int quarter = side / 4;
        SequentialBlock block = new SequentialBlock()
                .add(Layers.linear(1024))
                .add(Layers.norm())
                .add(Activation::relu)
                .add(Layers.linear(128 * quarter * quarter))
                .add(Layers.norm())
                .add(Activation::relu)
                .add(list -> new NDList(list.singletonOrThrow().reshape(-1, 128, quarter, quarter)))
                .add(Layers.up(64, 4))
                .add(Layers.norm())
                .add(Activation::relu)
                .add(Layers.up(channels, 4))
                .add(Activation::sigmoid);
        return new NamedNetwork(block, List.of("fc.0", "fc.1", "fc.3", "fc.4", "deconv.0", "deconv.1", "deconv.3"));
    }
}
