package io.inkstone.layers;

import io.inkstone.tensor.Precision;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Which of two equal ways operations take on the CPU, as docs/performance.md measured it. Nothing else in the code chooses
 * by speed.
 *
 * <p>The ways round differently. So a run keeps the choices with which it began, also under a later version that knows
 * better: they are written beside it, and hold again when it goes on ({@link #during}).
 *
 * @param groupNorm through plain memory, or as the map lies
 * @param gradientsByHandFrom residual blocks of an autoencoder form their gradients by hand for pictures of at least so
 *     many positions (H·W), by autograd below
 * @param tilesByProduct a transposed convolution without overlaps is a matrix product in bfloat16; in float32 such products
 *     run on one thread. The gradient of oneDNN's bias is slow reference code (19 against 7 milliseconds for [100, 128, 8, 8]
 *     → [100, 64, 16, 16], forward and backward)
 * @param foldsByProduct a transposed convolution to a single channel is a matrix product whose results are added up; oneDNN
 *     is made for many channels (8.3 against 4.2 milliseconds for bfloat16 [64, 64, 14, 14] → [64, 1, 28, 28], forward and
 *     backward on one core; 11.1 against 5.2 in float32). With three channels it is the slower way
 * @param wideLinearFrom weights from which a linear layer is a convolution in float32: such products run on one
 *     thread, convolutions on all (39 against 14 milliseconds for [64, 1024] → [64, 6272], forward and backward on two
 *     cores). On one core a convolution takes as long or, with few rows, up to a fifth longer
 * @param upsampleInKernelFrom positions of a batch (N·H·W) from which doubling and the 3×3 convolution after it are learned as one
 *     transposed convolution (563 against 286 milliseconds for bfloat16 [1, 512, 64, 64] → [1, 512, 128, 128], forward and
 *     backward on two cores); below, summing and turning the weights takes longer than it saves
 * @param winogradFrom positions of a batch times channels (N·H·W·C, of the narrower side) from which a 3×3 convolution of
 *     {@value #WINOGRAD_CHANNELS} channels and more goes by minimal filtering in float32, where no graph is recorded (352 against 172
 *     milliseconds for [1, 512, 128, 128] → 512 on two cores, 345 against 241 for [1, 128, 512, 512] → 128); below, the weights'
 *     transform takes longer than it saves
 */
public record KernelChoices(
        PlainGroupNorm groupNorm,
        long gradientsByHandFrom,
        boolean tilesByProduct,
        boolean foldsByProduct,
        long wideLinearFrom,
        long upsampleInKernelFrom,
        long winogradFrom) {
    /** Nothing is so large: how what a run knows nothing of reads in it. */
    public static final long NEVER = Long.MAX_VALUE;

    /** With fewer channels the transforms take as long as the products that they save. */
    static final int WINOGRAD_CHANNELS = 128;

    /** What this version chooses for a new run: the fastest on a processor with AVX512-BF16. */
    public static final KernelChoices MEASURED =
            new KernelChoices(new PlainGroupNorm(100, 1024, 16, 2), 128 * 128, true, true, 1 << 18, 32 * 32, 1 << 20);

    private static final ThreadLocal<KernelChoices> CURRENT = ThreadLocal.withInitial(() -> MEASURED);

    /**
     * When group norm of channels-last memory goes through plain memory and back: its kernel has slow ways where a group has
     * fewer channels than a vector register. For large maps the way to plain memory is the slower one.
     *
     * @param from positions (H·W) from which the kernel is slow in both directions (20 + 13 milliseconds for bfloat16
     *     [64, 32, 28, 28] with 8 groups; 4 through plain memory)
     * @param below positions from which it is not slow any more
     * @param groupBytes of the channels of a group at one position, at most, for that
     * @param trainedChannels of a group, at most, for which the backward pass is slow at any size (48 against 6 milliseconds
     *     for [8, 32, 64, 64] with 32 groups)
     */
    public record PlainGroupNorm(long from, long below, int groupBytes, int trainedChannels) {
        boolean pays(Tensor x, long groups, boolean training) {
            long positions = x.size(2) * x.size(3);
            long channels = x.size(1) / groups;
            boolean slowForward = positions >= from && positions < below && channels * x.element_size() <= groupBytes;
            return slowForward || training && channels <= trainedChannels;
        }
    }

    /** What is in force on this thread. */
    public static KernelChoices current() {
        return CURRENT.get();
    }

    /** Runs {@code work} with these choices on this thread. */
    public <T> T during(Supplier<T> work) {
        KernelChoices before = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.get();
        } finally {
            CURRENT.set(before);
        }
    }

    boolean groupNormInPlainMemory(Tensor x, long groups, boolean training) {
        return x.dim() == 4 && onCpu(x) && groupNorm.pays(x, groups, training);
    }

    /** @param shape of the pictures, [N, C, H, W] */
    boolean gradientsByHand(long... shape) {
        return shape[2] * shape[3] >= gradientsByHandFrom;
    }

    boolean tilesByProductNow() {
        return tilesByProduct && Precision.current(DeviceType.CPU) == Precision.BFLOAT16;
    }

    /** @param weight [in, out, k, k] */
    boolean foldsByProduct(Tensor weight) {
        return foldsByProduct && weight.size(1) == 1 && onCpu(weight);
    }

    /**
     * @param x […, in]
     * @param weight [out, in]
     */
    boolean linearByConvolution(Tensor x, Tensor weight) {
        return weight.numel() >= wideLinearFrom && inFloat32(x);
    }

    /** @param x [N, C, H, W] before it is doubled */
    boolean upsampleInKernel(Tensor x) {
        return onCpu(x) && positions(x) >= upsampleInKernelFrom;
    }

    /**
     * @param x [N, in, H, W]
     * @param weight [out, in, 3, 3] of a convolution that keeps the size
     */
    boolean winograd(Tensor x, Tensor weight) {
        long channels = Math.min(weight.size(0), weight.size(1));
        return channels >= WINOGRAD_CHANNELS
                && channels * positions(x) >= winogradFrom
                && x.size(2) % WinogradTiles.SIDE == 0
                && x.size(3) % WinogradTiles.SIDE == 0
                && inFloat32(x);
    }

    private static long positions(Tensor maps) {
        return maps.size(0) * maps.size(2) * maps.size(3);
    }

    private static boolean inFloat32(Tensor x) {
        return x.scalar_type().intern() == ScalarType.Float
                && onCpu(x)
                && Precision.current(DeviceType.CPU) == Precision.FLOAT32;
    }

    private static boolean onCpu(Tensor tensor) {
        return tensor.device().type().intern() == DeviceType.CPU;
    }
}
