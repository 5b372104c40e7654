package io.inkstone.layers;

import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Passes in evaluation mode and how far their results lie apart. */
public final class Passes {
    private Passes() {}

    /** A norm whose running statistics are far from their first values. */
    static BatchNorm learned(Initializer init, int channels) {
        BatchNorm norm = new BatchNorm(init, channels, 1e-3);
        norm.state().forEach((name, tensor) -> tensor.detach()
                .copy_(init.uniform(1, channels).abs().mul(new Scalar(3.0)).add(new Scalar(0.1))));
        return norm;
    }

    /** What {@code work} makes. */
    static float[] pass(Layer network, Precision precision, Supplier<Tensor> work) {
        try (Scope scope = Scope.open()) {
            return Tensors.toFloats(Layer.evaluating(() -> precision.compute(ComputeDevice.CPU, work)));
        }
    }

    /** Root of the mean squared difference. */
    static double error(float[] some, float[] others) {
        double sum = 0;
        for (int i = 0; i < some.length; i++) {
            sum += Math.pow(some[i] - others[i], 2);
        }
        return Math.sqrt(sum / some.length);
    }

    /** The largest magnitude. */
    public static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
