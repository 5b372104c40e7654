package io.inkstone.layers;

import io.inkstone.InputException;
import io.inkstone.tensor.Tensors;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * In training each value becomes 0 with a probability, and the others grow so that the mean stays (Srivastava et al.
 * 2014). The random numbers come from the source that the training step names, so a step can be repeated.
 */
public final class Dropout extends Unary {
    private static final ThreadLocal<Generator> SOURCE = new ThreadLocal<>();

    private final double probability;

    public Dropout(double probability) {
        if (!(probability >= 0 && probability < 1)) {
            throw new InputException("A dropout probability lies in [0, 1), got " + probability + ".");
        }
        this.probability = probability;
    }

    /** Runs {@code work} with {@code source} feeding every dropout of this thread. */
    public static <T> T drawing(Generator source, Supplier<T> work) {
        Generator before = SOURCE.get();
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
        Generator source = SOURCE.get();
        if (source == null) {
            throw new IllegalStateException("Dropout has no source of random numbers: train inside Dropout.drawing.");
        }
        // Drawn on the CPU whatever the device, so that devices agree.
        Tensor kept = torch.empty(x.shape(), new TensorOptions(x.scalar_type()), new MemoryFormatOptional())
                .bernoulli_(1 - probability, new GeneratorOptional(source));
        return x.mul(Tensors.scale(kept, 1 / (1 - probability)).to(x.device(), x.scalar_type()));
    }

    @Override
    protected Tensor outline(Tensor x) {
        return x;
    }
}
