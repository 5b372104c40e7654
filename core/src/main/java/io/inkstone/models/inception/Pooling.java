package io.inkstone.models.inception;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The pools of the network, all of 3×3. */
enum Pooling {
    NONE {
        @Override
        Tensor apply(Tensor x) {
            return x;
        }
    },
    /** Stride 1, same size. Zeros outside the picture do not count in the mean: the first difference to other ports. */
    MEAN {
        @Override
        Tensor apply(Tensor x) {
            return torch.avg_pool2d(x, THREE, ONE, ONE, false, false, new LongOptional());
        }
    },
    /** Stride 1, same size: the last block's, where other ports take a mean. */
    MAX {
        @Override
        Tensor apply(Tensor x) {
            return torch.max_pool2d(x, THREE, ONE, ONE, ONE, false);
        }
    },
    /** Stride 2, without padding. */
    HALVING {
        @Override
        Tensor apply(Tensor x) {
            return torch.max_pool2d(x, THREE, new long[] {2, 2}, new long[] {0, 0}, ONE, false);
        }
    };

    private static final long[] ONE = {1, 1};
    private static final long[] THREE = {3, 3};

    abstract Tensor apply(Tensor x);
}
