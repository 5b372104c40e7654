package io.inkstone.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.nio.FloatBuffer;

/**
 * A transposed convolution of stride 2. DJL 0.35's PyTorch engine has none ("Not implemented"), so it is written as the
 * convolution that it is: over the map with zeros between its values, by the kernel turned around.
 */
final class Doubling extends AbstractBlock {
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
