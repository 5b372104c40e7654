package io.inkstone.models.inception;

import io.inkstone.layers.BatchNorm;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Unary;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** A convolution without bias (child {@code conv}), batch norm of eps 1e-3 (child {@code bn}), ReLU. */
final class ConvolutionNorm extends Unary {
    private static final double EPS = 1e-3;

    /**
     * The window of a convolution.
     *
     * @param height of the kernel
     * @param width of the kernel
     * @param stride in both directions
     * @param padded zeros around, so that stride 1 keeps the size
     */
    record Window(int height, int width, int stride, boolean padded) {
        static final Window POINT = same(1, 1);

        static Window same(int height, int width) {
            return new Window(height, width, 1, true);
        }

        static Window inside(int side, int stride) {
            return new Window(side, side, stride, false);
        }

        long[] padding() {
            return padded ? new long[] {height / 2, width / 2} : new long[] {0, 0};
        }
    }

    private final Kernel conv;
    private final BatchNorm bn;

    ConvolutionNorm(Initializer init, int in, int out, Window window) {
        conv = child("conv", new Kernel(init, in, out, window));
        bn = child("bn", new BatchNorm(init, out, EPS));
    }

    @Override
    protected Tensor forward(Tensor x) {
        return torch.relu(bn.apply(conv.apply(x)));
    }

    /** The convolution alone. */
    private static final class Kernel extends Unary {
        private final Tensor weight;
        private final Window window;

        Kernel(Initializer init, int in, int out, Window window) {
            double bound = 1 / Math.sqrt((double) in * window.height() * window.width());
            weight = parameter(
                    "weight", Initializer.laidOut(init.uniform(bound, out, in, window.height(), window.width())));
            this.window = window;
        }

        @Override
        protected Tensor forward(Tensor x) {
            long[] stride = {window.stride(), window.stride()};
            return torch.conv2d(x, weight, new TensorOptional(), stride, window.padding(), new long[] {1, 1}, 1);
        }
    }
}
