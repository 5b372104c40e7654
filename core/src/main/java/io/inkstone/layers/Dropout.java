package io.inkstone.layers;

import io.inkstone.InputException;
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
    private static final ThreadLocal<SplitMix64> SOURCE = new ThreadLocal<>();
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

    /** Runs {@code work} with {@code source} feeding every dropout of this thread. */
    public static <T> T drawing(SplitMix64 source, Supplier<T> work) {
        SplitMix64 before = SOURCE.get();
        SOURCE.set(source);
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
        SplitMix64 source = SOURCE.get();
        if (source == null) {
            throw new IllegalStateException("Dropout has no source of random numbers: train inside Dropout.drawing.");
        }
        Tensor kept = mask(source, x).to(x.device(), x.scalar_type()).mul_(new Scalar(1 / (1 - probability)));
        return x.mul(kept);
    }

    /** Ones and zeros in the shape of {@code x}; maps with channels innermost in memory, as networks have them. */
    private Tensor mask(SplitMix64 source, Tensor x) {
        byte[] kept = new byte[Math.toIntExact(x.numel())];
        int threshold = (int) Math.round(probability * LEVELS);
        long bits = 0;
        for (int i = 0; i < kept.length; i++) {
            bits = i % 4 == 0 ? source.nextLong() : bits >>> 16;
            kept[i] = (byte) ((bits & (LEVELS - 1)) >= threshold ? 1 : 0);
        }
        ByteBuffer bytes = ByteBuffer.wrap(kept);
        return x.dim() == 4
                ? Tensors.ofBytes(bytes, x.size(0), x.size(2), x.size(3), x.size(1))
                        .permute(0, 3, 1, 2)
                : Tensors.ofBytes(bytes, x.shape());
    }

    @Override
    protected Tensor outline(Tensor x) {
        return x;
    }
}
