package io.inkstone.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/** The VAE as DJL's documentation would have it written, [pictures, noise] → [made, mean, log-variance]. */
final class Vae extends AbstractBlock {
    private final SequentialBlock encoder = new SequentialBlock();
    private final Block mean;
    private final Block variance;
    private final Block projection;
    private final SequentialBlock decoder = new SequentialBlock();
    private final int innermost;
    private final int inner;

    static NamedNetwork named(List<Integer> features, int channels, int latent, int side) {
        List<String> layers = new ArrayList<>();
        int depth = features.size();
        for (int k = 0; k < depth; k++) {
            layers.addAll(List.of("encoder.%d.0".formatted(k), "encoder.%d.1".formatted(k)));
        }
        layers.addAll(List.of("mean_linear", "var_linear", "decoder_projection"));
        for (int k = 0; k < depth; k++) {
            layers.addAll(List.of("decoder.%d.0".formatted(k), "decoder.%d.1".formatted(k)));
        }
        layers.add("decoder.%d.3".formatted(depth - 1));
        return new NamedNetwork(new Vae(features, channels, latent, side), layers);
    }

    private Vae(List<Integer> features, int channels, int latent, int side) {
        innermost = features.get(features.size() - 1);
        inner = side >> features.size();
        features.forEach(o -> encoder.add(Layers.convolution(o, 2)).add(Layers.norm()).add(Activation::relu));
        for (int k = features.size() - 1; k >= 0; k--) {
            int o = features.get(Math.max(0, k - 1));
            decoder.add(Layers.up(o, 3)).add(Layers.norm()).add(Activation::relu);
        }
        decoder.add(Layers.convolution(channels, 1)).add(Activation::sigmoid);
        addChildBlock("encoder", encoder);
        mean = addChildBlock("mean", Layers.linear(latent));
        variance = addChildBlock("variance", Layers.linear(latent));
        projection = addChildBlock("projection", Layers.linear(innermost * inner * inner));
        addChildBlock("decoder", decoder);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
        NDArray maps = encoder.forward(store, new NDList(inputs.get(0)), training).singletonOrThrow();
        NDList features = new NDList(maps.reshape(maps.getShape().get(0), -1));
        NDArray means = mean.forward(store, features, training).singletonOrThrow();
        NDArray logs = variance.forward(store, features, training).singletonOrThrow();
        NDArray code = means.add(logs.div(2).exp().mul(inputs.get(1)));
        NDArray inside = projection
                .forward(store, new NDList(code), training)
                .singletonOrThrow()
                .reshape(-1, innermost, inner, inner);
        NDArray made = decoder.forward(store, new NDList(inside), training).singletonOrThrow();
        return new NDList(made, means, logs);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
        long n = shapes[0].get(0);
        encoder.initialize(manager, type, shapes[0]);
        Shape features = new Shape(n, (long) innermost * inner * inner);
        mean.initialize(manager, type, features);
        variance.initialize(manager, type, features);
        projection.initialize(manager, type, shapes[1]);
        decoder.initialize(manager, type, new Shape(n, innermost, inner, inner));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] shapes) {
        return new Shape[] {shapes[0], shapes[1], shapes[1]};
    }
}
