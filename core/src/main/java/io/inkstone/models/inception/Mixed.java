package io.inkstone.models.inception;

import io.inkstone.layers.Initializer;
import io.inkstone.layers.Unary;
import io.inkstone.models.inception.ConvolutionNorm.Window;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * A block of paths beside each other whose results are joined along the channels (Szegedy et al. 2016, figures 5 to 7 and
 * 10). Children have the names of the published weights.
 */
final class Mixed extends Unary {
    private final Initializer init;
    private final int in;
    private final List<Path> paths = new ArrayList<>();

    private Mixed(Initializer init, int in) {
        this.init = init;
        this.in = in;
    }

    /** 35×35: [N, in, …] → [N, 224 + pool, …]. */
    static Mixed a(Initializer init, int in, int pool) {
        Mixed block = new Mixed(init, in);
        block.path(Pooling.NONE).to("branch1x1", 64, Window.POINT);
        block.path(Pooling.NONE).to("branch5x5_1", 48, Window.POINT).to("branch5x5_2", 64, Window.same(5, 5));
        block.path(Pooling.NONE)
                .to("branch3x3dbl_1", 64, Window.POINT)
                .to("branch3x3dbl_2", 96, Window.same(3, 3))
                .to("branch3x3dbl_3", 96, Window.same(3, 3));
        block.path(Pooling.MEAN).to("branch_pool", pool, Window.POINT);
        return block;
    }

    /** 35×35 → 17×17, 288 → 768 channels. */
    static Mixed b(Initializer init) {
        Mixed block = new Mixed(init, 288);
        block.path(Pooling.NONE).to("branch3x3", 384, Window.inside(3, 2));
        block.path(Pooling.NONE)
                .to("branch3x3dbl_1", 64, Window.POINT)
                .to("branch3x3dbl_2", 96, Window.same(3, 3))
                .to("branch3x3dbl_3", 96, Window.inside(3, 2));
        block.path(Pooling.HALVING);
        return block;
    }

    /** 17×17, 768 channels; {@code inner} of the long paths. */
    static Mixed c(Initializer init, int inner) {
        Mixed block = new Mixed(init, 768);
        block.path(Pooling.NONE).to("branch1x1", 192, Window.POINT);
        block.path(Pooling.NONE)
                .to("branch7x7_1", inner, Window.POINT)
                .to("branch7x7_2", inner, Window.same(1, 7))
                .to("branch7x7_3", 192, Window.same(7, 1));
        block.path(Pooling.NONE)
                .to("branch7x7dbl_1", inner, Window.POINT)
                .to("branch7x7dbl_2", inner, Window.same(7, 1))
                .to("branch7x7dbl_3", inner, Window.same(1, 7))
                .to("branch7x7dbl_4", inner, Window.same(7, 1))
                .to("branch7x7dbl_5", 192, Window.same(1, 7));
        block.path(Pooling.MEAN).to("branch_pool", 192, Window.POINT);
        return block;
    }

    /** 17×17 → 8×8, 768 → 1,280 channels. */
    static Mixed d(Initializer init) {
        Mixed block = new Mixed(init, 768);
        block.path(Pooling.NONE).to("branch3x3_1", 192, Window.POINT).to("branch3x3_2", 320, Window.inside(3, 2));
        block.path(Pooling.NONE)
                .to("branch7x7x3_1", 192, Window.POINT)
                .to("branch7x7x3_2", 192, Window.same(1, 7))
                .to("branch7x7x3_3", 192, Window.same(7, 1))
                .to("branch7x7x3_4", 192, Window.inside(3, 2));
        block.path(Pooling.HALVING);
        return block;
    }

    /** 8×8: [N, in, 8, 8] → [N, 2048, 8, 8]. */
    static Mixed e(Initializer init, int in, Pooling pooling) {
        Mixed block = new Mixed(init, in);
        block.path(Pooling.NONE).to("branch1x1", 320, Window.POINT);
        block.path(Pooling.NONE).to("branch3x3_1", 384, Window.POINT).fork("branch3x3_2a", "branch3x3_2b", 384);
        block.path(Pooling.NONE)
                .to("branch3x3dbl_1", 448, Window.POINT)
                .to("branch3x3dbl_2", 384, Window.same(3, 3))
                .fork("branch3x3dbl_3a", "branch3x3dbl_3b", 384);
        block.path(pooling).to("branch_pool", 192, Window.POINT);
        return block;
    }

    private Path path(Pooling pooling) {
        Path path = new Path(pooling);
        paths.add(path);
        return path;
    }

    @Override
    protected Tensor forward(Tensor x) {
        return Tensors.concatenate(1, paths.stream().map(path -> path.pass(x)).toArray(Tensor[]::new));
    }

    /** One way through the block: a pool, then convolutions. */
    private final class Path {
        private final List<UnaryOperator<Tensor>> steps = new ArrayList<>();
        private int channels = in;

        Path(Pooling pooling) {
            steps.add(pooling::apply);
        }

        Path to(String name, int out, Window window) {
            steps.add(child(name, new ConvolutionNorm(init, channels, out, window))::apply);
            channels = out;
            return this;
        }

        /** A flat and a high window side by side. */
        void fork(String flat, String high, int out) {
            ConvolutionNorm one = child(flat, new ConvolutionNorm(init, channels, out, Window.same(1, 3)));
            ConvolutionNorm other = child(high, new ConvolutionNorm(init, channels, out, Window.same(3, 1)));
            steps.add(x -> Tensors.concatenate(1, one.apply(x), other.apply(x)));
        }

        Tensor pass(Tensor x) {
            Tensor y = x;
            for (UnaryOperator<Tensor> step : steps) {
                y = step.apply(y);
            }
            return y;
        }
    }
}
