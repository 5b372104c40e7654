package io.inkstone.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The generator and the VAE as DJL's documentation would have them written. */
final class Networks {
    private static final Map<String, String> NAMES = Map.of(
            "weight", "weight",
            "bias", "bias",
            "gamma", "weight",
            "beta", "bias",
            "runningMean", "running_mean",
            "runningVar", "running_var");

    private Networks() {}

    /** A network and the published names of its layers that have parameters, in order. */
    record Named(Block block, List<String> layers) {
        /** Gives it the weights of a file. */
        void fill(Arrays weights) {
            List<Block> leaves = new ArrayList<>();
            collect(block, leaves);
            if (leaves.size() != layers.size()) {
                throw new IllegalStateException(
                        "The network has %d layers with parameters, %d are named.".formatted(leaves.size(), layers.size()));
            }
            for (int i = 0; i < leaves.size(); i++) {
                for (var parameter : leaves.get(i).getDirectParameters()) {
                    Parameter value = parameter.getValue();
                    Arrays.Entry entry = weights.get(layers.get(i) + "." + NAMES.get(value.getName()));
                    boolean turns = leaves.get(i) instanceof Doubling && value.getType() == Parameter.Type.WEIGHT;
                    if (value.getArray().getShape().size() != entry.values().capacity()) {
                        throw new IllegalStateException("%s has shape %s, the file has %s."
                                .formatted(layers.get(i), value.getArray().getShape(), new Shape(entry.shape())));
                    }
                    value.getArray().set(turns ? Doubling.turned(entry) : entry.values().duplicate());
                }
            }
        }

        private static void collect(Block block, List<Block> leaves) {
            if (!block.getDirectParameters().isEmpty()) {
                leaves.add(block);
            }
            block.getChildren().values().forEach(child -> collect(child, leaves));
        }
    }

    static Named generator(int channels, int side) {
        int quarter = side / 4;
        SequentialBlock block = new SequentialBlock()
                .add(linear(1024))
                .add(norm())
                .add(Activation::relu)
                .add(linear(128 * quarter * quarter))
                .add(norm())
                .add(Activation::relu)
                .add(list -> new NDList(list.singletonOrThrow().reshape(-1, 128, quarter, quarter)))
                .add(up(64, 4))
                .add(norm())
                .add(Activation::relu)
                .add(up(channels, 4))
                .add(Activation::sigmoid);
        return new Named(block, List.of("fc.0", "fc.1", "fc.3", "fc.4", "deconv.0", "deconv.1", "deconv.3"));
    }

    static Named vae(List<Integer> features, int channels, int latent, int side) {
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
        return new Named(new Vae(features, channels, latent, side), layers);
    }

    private static Block linear(int units) {
        return Linear.builder().setUnits(units).build();
    }

    private static Block norm() {
        return BatchNorm.builder().build();
    }

    private static Block up(int filters, int kernel) {
        return new Doubling(filters, kernel, 1);
    }

    private static Block convolution(int filters, int stride) {
        return Conv2d.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(3, 3))
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(1, 1))
                .build();
    }

    /**
     * A transposed convolution of stride 2. DJL 0.35's PyTorch engine has none ("Not implemented"), so it is written as the
     * convolution that it is: over the map with zeros between its values, by the kernel turned around.
     */
    private static final class Doubling extends AbstractBlock {
        private final int filters;
        private final int kernel;
        private final int padding;
        private final Parameter weight;
        private final Parameter bias;

        Doubling(int filters, int kernel, int padding) {
            this.filters = filters;
            this.kernel = kernel;
            this.padding = kernel - 1 - padding;
            weight = addParameter(Parameter.builder()
                    .setName("weight")
                    .setType(Parameter.Type.WEIGHT)
                    .build());
            bias = addParameter(Parameter.builder()
                    .setName("bias")
                    .setType(Parameter.Type.BIAS)
                    .build());
        }

        @Override
        protected void prepare(Shape[] shapes) {
            weight.setShape(new Shape(filters, shapes[0].get(1), kernel, kernel));
            bias.setShape(new Shape(filters));
        }

        /** A weight [in, out, k, k] of a transposed convolution as the weight [out, in, k, k] of this one. */
        static FloatBuffer turned(Arrays.Entry entry) {
            long[] shape = entry.shape();
            int in = (int) shape[0];
            int out = (int) shape[1];
            int area = (int) (shape[2] * shape[3]);
            FloatBuffer turned = FloatBuffer.allocate(in * out * area);
            for (int o = 0; o < out; o++) {
                for (int i = 0; i < in; i++) {
                    for (int place = area - 1; place >= 0; place--) {
                        turned.put(entry.values().get((i * out + o) * area + place));
                    }
                }
            }
            return turned.flip();
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
            NDArray x = inputs.singletonOrThrow();
            Shape shape = x.getShape();
            long n = shape.get(0);
            long channels = shape.get(1);
            long side = shape.get(2);
            NDArray rows = x.reshape(n, channels, side, side, 1);
            NDArray wide = rows.concat(rows.zerosLike(), 4).reshape(n, channels, side, 1, 2 * side);
            NDArray spread = wide.concat(wide.zerosLike(), 3).reshape(n, channels, 2 * side, 2 * side);
            NDArray made = Conv2d.conv2d(
                            spread,
                            store.getValue(weight, x.getDevice(), training),
                            store.getValue(bias, x.getDevice(), training),
                            new Shape(1, 1),
                            new Shape(padding, padding))
                    .singletonOrThrow();
            // An even kernel reaches one beyond.
            return new NDList(
                    made.getShape().get(2) == 2 * side
                            ? made
                            : made.get(":, :, :%d, :%d".formatted(2 * side, 2 * side)));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] shapes) {
            long side = 2 * shapes[0].get(2);
            return new Shape[] {new Shape(shapes[0].get(0), filters, side, side)};
        }
    }

    /** [pictures, noise] → [made, mean, log-variance]. */
    private static final class Vae extends AbstractBlock {
        private final SequentialBlock encoder = new SequentialBlock();
        private final Block mean;
        private final Block variance;
        private final Block projection;
        private final SequentialBlock decoder = new SequentialBlock();
        private final int innermost;
        private final int inner;

        Vae(List<Integer> features, int channels, int latent, int side) {
            innermost = features.get(features.size() - 1);
            inner = side >> features.size();
            features.forEach(o -> encoder.add(convolution(o, 2)).add(norm()).add(Activation::relu));
            for (int k = features.size() - 1; k >= 0; k--) {
                int o = features.get(Math.max(0, k - 1));
                decoder.add(up(o, 3)).add(norm()).add(Activation::relu);
            }
            decoder.add(convolution(channels, 1)).add(Activation::sigmoid);
            addChildBlock("encoder", encoder);
            mean = addChildBlock("mean", linear(latent));
            variance = addChildBlock("variance", linear(latent));
            projection = addChildBlock("projection", linear(innermost * inner * inner));
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
}
