package io.inkstone.layers;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Pooling with a square window whose stride is its side; incomplete windows at the right and bottom are dropped. */
public final class Pool2d extends Unary {
    private final UnaryOperator<Tensor> function;

    private Pool2d(UnaryOperator<Tensor> function) {
        this.function = function;
    }

    public static Pool2d max(int side) {
        return new Pool2d(x -> torch.max_pool2d(x, side, side));
    }

    public static Pool2d average(int side) {
        long[] window = {side, side};
        return new Pool2d(x -> torch.avg_pool2d(x, window, window, new long[] {0, 0}, false, true, new LongOptional()));
    }

    @Override
    protected Tensor forward(Tensor x) {
        return function.apply(x);
    }
}
