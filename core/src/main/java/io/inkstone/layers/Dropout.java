package io.inkstone.layers;

import io.inkstone.InputException;
import io.inkstone.tensor.Share;
import io.inkstone.tensor.SplitMix64;
import io.inkstone.tensor.Tensors;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * In training each value becomes 0 with a probability, and the others grow so that the mean stays (Srivastava et al.
 * 2014). The random numbers come from the source that the training step names, so a step can be repeated.
 */
public final class Dropout extends Unary {
    private static final ThreadLocal<Source> SOURCE = new ThreadLocal<>();
    /** Sixteen bits decide about a value: four values from one draw. */
    private static final int LEVELS = 1 << 16;

    private final double probability;

    /** @param probability in [0, 1), met to 1/65536 */
    public Dropout(double probability) {
        if (!(probability >= 0 && probability < 1)) {
            throw new InputException("A dropout probability lies in [0, 1), got " + probability + ".");
        }
        this.probability = probability;
    }

    /** @param share of the rows that the numbers are drawn for; null for whole batches of any size */
    private record Source(SplitMix64 random, Share share) {}

    /** Runs {@code work} with {@code source} feeding every dropout of this thread. */
    public static <T> T drawing(SplitMix64 source, Supplier<T> work) {
        return drawing(source, null, work);
    }

    /** The same for some rows of a batch: they meet the numbers that they would meet in the whole. */
    public static <T> T drawing(SplitMix64 source, Share share, Supplier<T> work) {
        Source before = SOURCE.get();
        SOURCE.set(new Source(source, share == null || share.isAll() ? null : share));
        try {
            return work.get();
        } finally {
            SOURCE.set(before);
        }
    }

    @Override
    protected Tensor forward(Tensor x) {
        if (!training() || probability == 0) {
            return x;
        }
        Source source = SOURCE.get();
        if (source == null) {
            throw new IllegalStateException("Dropout has no source of random numbers: train inside Dropout.drawing.");
        }
        Tensor kept = mask(source, x).to(x.device(), x.scalar_type()).mul_(new Scalar(1 / (1 - probability)));
        return x.mul(kept);
    }

    /** Ones and zeros in the shape of {@code x}; maps with channels innermost in memory, as networks have them. */
    private Tensor mask(Source source, Tensor x) {
        byte[] kept = new byte[Math.toIntExact(x.numel())];
        long rowValues = kept.length / x.size(0);
        long first = source.share == null ? 0 : source.share.first() * rowValues;
        long whole = source.share == null ? kept.length : source.share.whole() * rowValues;
        fill(kept, source.random, first);
        source.random.skip(draws(whole) - draws(first + kept.length));
        ByteBuffer bytes = ByteBuffer.wrap(kept);
        return x.dim() == 4
                ? Tensors.ofBytes(bytes, x.size(0), x.size(2), x.size(3), x.size(1))
                        .permute(0, 3, 1, 2)
                : Tensors.ofBytes(bytes, x.shape());
    }

    /** The values from the {@code first} on. */
    private void fill(byte[] kept, SplitMix64 random, long first) {
        int threshold = (int) Math.round(probability * LEVELS);
        random.skip(first / 4);
        long bits = first % 4 == 0 ? 0 : random.nextLong() >>> (16 * (first % 4 - 1));
        for (int i = 0; i < kept.length; i++) {
            bits = (first + i) % 4 == 0 ? random.nextLong() : bits >>> 16;
            kept[i] = (byte) ((bits & (LEVELS - 1)) >= threshold ? 1 : 0);
        }
    }

    /** Draws that the first {@code values} take. */
    private static long draws(long values) {
        return (values + 3) / 4;
    }

    @Override
    protected Tensor outline(Tensor x) {
        return x;
    }
}
