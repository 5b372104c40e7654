package io.inkstone.layers;

import io.inkstone.tensor.Precision;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Which of two equal ways is faster, as docs/performance.md measured it. The rest of the code does not choose by speed. */
final class Measured {
    private static final int TINY_POSITIONS = 100;
    private static final int SMALL_POSITIONS = 1024;

    private static final int LARGE_POSITIONS = 128 * 128;

    private Measured() {}

    /**
     * Group norm of channels-last memory on the CPU: through plain memory and back, or as it lies. The kernel has slow ways
     * where a group has fewer channels than a vector register: for middling maps in both directions (20 + 13 milliseconds
     * for bfloat16 [64, 32, 28, 28] with 8 groups; 4 through plain memory), backward for one or two channels a group (48
     * against 6 for [8, 32, 64, 64] with 32 groups). For large maps the way to plain memory is the slower one.
     */
    static boolean groupNormInPlainMemory(Tensor x, long groups, boolean training) {
        if (x.dim() != 4 || x.device().type().intern() != DeviceType.CPU) {
            return false;
        }
        long positions = x.size(2) * x.size(3);
        long together = x.size(1) / groups;
        int few = x.scalar_type().intern() == ScalarType.BFloat16 ? 8 : 4;
        boolean slowForward = positions >= TINY_POSITIONS && positions < SMALL_POSITIONS && together <= few;
        boolean slowBackward = together <= 2;
        return slowForward || training && slowBackward;
    }

    /** Gradients of residual blocks of an autoencoder by hand, or by autograd, for pictures of this shape [N, C, H, W]. */
    static boolean gradientsByHand(long... shape) {
        return shape[2] * shape[3] >= LARGE_POSITIONS;
    }

    /**
     * Transposed convolution without overlaps: as a matrix product, or by oneDNN. The gradient of its bias is oneDNN's slow
     * reference code (19 against 7 milliseconds for [100, 128, 8, 8] → [100, 64, 16, 16], forward and backward together).
     * Not in float32: those products run on one thread.
     */
    static boolean tilesByProduct() {
        return Precision.current(DeviceType.CPU) == Precision.BFLOAT16;
    }

    /**
     * Transposed convolution to a single channel, as of grey pictures: as a matrix product whose results are added up, or by
     * oneDNN, which is made for many channels (8.3 against 4.2 milliseconds for bfloat16 [64, 64, 14, 14] → [64, 1, 28, 28],
     * forward and backward together, on one core; 11.1 against 5.2 in float32). With three channels it is the slower way.
     */
    static boolean foldsByProduct(Tensor weight) {
        return weight.size(1) == 1 && weight.device().type().intern() == DeviceType.CPU;
    }
}
