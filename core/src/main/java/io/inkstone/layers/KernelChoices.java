package io.inkstone.layers;

import io.inkstone.tensor.Hardware;
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
 * @param minimalFiltering of 3×3 convolutions, where no graph is recorded
 */
public record KernelChoices(
        PlainGroupNorm groupNorm,
        long gradientsByHandFrom,
        boolean tilesByProduct,
        boolean foldsByProduct,
        long wideLinearFrom,
        long upsampleInKernelFrom,
        MinimalFiltering minimalFiltering) {
    /** Nothing is so large: how what a run knows nothing of reads in it. */
    public static final long NEVER = Long.MAX_VALUE;

    /** What this version chooses for a new run: the fastest on a processor with AVX512-BF16. */
    public static final KernelChoices MEASURED = new KernelChoices(
            new PlainGroupNorm(100, 1024, 16, 2),
            128 * 128,
            true,
            true,
            1 << 18,
            32 * 32,
            MinimalFiltering.measured(Hardware.here().amx()));

    /** Rows, and products of rows and weights, from which prepared linear layers are convolutions. */
    private static final long FEW_ROWS = 128;

    private static final long MUCH = 1 << 24;

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

    /**
     * When a 3×3 convolution goes by {@link Winograd}. Its tiles and strips are part of the bytes too: they stay as they are.
     *
     * @param float32 maps for which it is the faster way (389 against 157 milliseconds for [1, 512, 128, 128] → 512 on two
     *     cores, 345 against 262 for [1, 128, 512, 512] → 128)
     * @param bfloat16 maps for which it is also faster, in float32, than the definition in bfloat16 (175 against 147, but to 128
     *     channels 351 against 470). Never with AMX, whose products are too fast for that
     */
    public record MinimalFiltering(Sizes float32, Sizes bfloat16) {
        /** By definition, always. */
        public static final MinimalFiltering NONE = new MinimalFiltering(Sizes.NONE, Sizes.NONE);

        static MinimalFiltering measured(boolean amx) {
            return new MinimalFiltering(new Sizes(1 << 20, 128), amx ? Sizes.NONE : new Sizes(1 << 23, 256));
        }

        /**
         * Maps from a size on.
         *
         * @param from positions of a map times channels of the narrower side (H·W·C); for smaller ones the transform of the
         *     weights takes longer than it saves
         * @param channels of the narrower side, at least; for fewer the transforms of the maps do
         */
        public record Sizes(long from, long channels) {
            static final Sizes NONE = new Sizes(NEVER, NEVER);

            boolean hold(Tensor x, Tensor weight) {
                long narrower = Math.min(weight.size(0), weight.size(1));
                return narrower >= channels && narrower * x.size(2) * x.size(3) >= from;
            }
        }
    }

    /** What is in force on this thread. */
    public static KernelChoices current() {
        return CURRENT.get();
    }

    /** The same, but for linear layers. */
    public KernelChoices withWideLinearFrom(long weights) {
        return with(weights, upsampleInKernelFrom, minimalFiltering);
    }

    /** The same, but for doubling. */
    public KernelChoices withUpsampleInKernelFrom(long positions) {
        return with(wideLinearFrom, positions, minimalFiltering);
    }

    /** The same, but for 3×3 convolutions. */
    public KernelChoices with(MinimalFiltering other) {
        return with(wideLinearFrom, upsampleInKernelFrom, other);
    }

    private KernelChoices with(long weights, long positions, MinimalFiltering filtering) {
        return new KernelChoices(
                groupNorm, gradientsByHandFrom, tilesByProduct, foldsByProduct, weights, positions, filtering);
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

    /**
     * The same where no weight changes. With few rows libtorch's product is as fast, and what is laid out anew is then better the rows
     * (milliseconds of product and convolution on two cores with AVX-512: [8192, 320] → 320 11 and 6, [2048, 640] → 5120 82
     * and 53, [128, 1280] → 10240 28 and 20, [64, 128] → 128 0.03 and 0.03).
     *
     * @param x […, in]
     * @param weight [out, in]
     */
    boolean preparedByConvolution(Tensor x, Tensor weight) {
        if (!inFloat32(x) || weight.scalar_type().intern() != ScalarType.Float) {
            return false;
        }
        long rows = x.numel() / x.size(-1);
        return rows >= FEW_ROWS && rows * weight.numel() >= MUCH;
    }

    /** Whether doubling and a convolution are ever one step for maps like {@code x}. */
    boolean joinsUpsampling(Tensor x) {
        return onCpu(x) && upsampleInKernelFrom < NEVER;
    }

    /** @param x [N, C, H, W] before it is doubled */
    boolean upsampleInKernel(Tensor x) {
        return x.size(0) * x.size(2) * x.size(3) >= upsampleInKernelFrom;
    }

    /**
     * @param x [N, in, H, W]
     * @param weight [out, in, 3, 3] of a convolution that keeps the size
     */
    boolean winograd(Tensor x, Tensor weight) {
        MinimalFiltering.Sizes sizes = Winograd.resultType(x) == ScalarType.BFloat16
                ? minimalFiltering.bfloat16()
                : minimalFiltering.float32();
        return sizes.hold(x, weight) && Winograd.suits(x, weight);
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
