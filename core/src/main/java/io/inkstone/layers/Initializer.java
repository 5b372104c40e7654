package io.inkstone.layers;

import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** First values of weights: PyTorch's defaults, drawn in registration order from one seeded source. */
public abstract sealed class Initializer {
    /** Uniform in (−bound, bound). */
    public abstract Tensor uniform(double bound, long... shape);

    public abstract Tensor constant(double value, long... shape);

    /** Draws from the run's seed. Network construction must happen in one {@link io.inkstone.tensor.Scope}. */
    public static Initializer seeded(Seed seed) {
        return new Drawn(seed.generator(Seed.Purpose.WEIGHTS));
    }

    /** Zeros: for networks whose values are loaded next. */
    public static Initializer empty() {
        return new Empty(ComputeDevice.CPU);
    }

    /** Channels innermost in memory, as convolutions read them; what takes no memory takes none afterwards. */
    public static Tensor laidOut(Tensor weight) {
        boolean shared = weight.numel() > 1 && weight.stride(0) == 0;
        return shared ? weight : Tensors.channelsLast(weight);
    }

    /** Shapes without numbers: for listings and estimates. */
    public static Initializer shapesOnly() {
        return new Empty(ComputeDevice.META);
    }

    /** For a part of a network whose values are loaded next, whatever becomes of the rest: {@link #placeholders}, or shapes alone. */
    public Initializer forLater() {
        return placeholders();
    }

    /**
     * Zeros of the right shapes that share one value, so that they take no memory: for networks whose tensors are replaced
     * as they are loaded. Nothing may be written into them.
     */
    public static Initializer placeholders() {
        return new Shared();
    }

    private static final class Shared extends Initializer {
        @Override
        public Tensor uniform(double bound, long... shape) {
            return constant(0, shape);
        }

        @Override
        public Tensor constant(double value, long... shape) {
            return Tensors.zeros(1).expand(shape);
        }
    }

    private static final class Drawn extends Initializer {
        private final Generator generator;

        Drawn(Generator generator) {
            this.generator = generator;
        }

        @Override
        public Tensor uniform(double bound, long... shape) {
            return Tensors.zeros(shape).uniform_(-bound, bound, new GeneratorOptional(generator));
        }

        @Override
        public Tensor constant(double value, long... shape) {
            return torch.full(shape, new Scalar(value), new TensorOptions(ScalarType.Float));
        }
    }

    private static final class Empty extends Initializer {
        private final ComputeDevice device;

        Empty(ComputeDevice device) {
            this.device = device;
        }

        @Override
        public Initializer forLater() {
            return device.equals(ComputeDevice.META) ? this : super.forLater();
        }

        @Override
        public Tensor uniform(double bound, long... shape) {
            return constant(0, shape);
        }

        @Override
        public Tensor constant(double value, long... shape) {
            return torch.zeros(shape, new TensorOptions(new Device(device.type())));
        }
    }
}
