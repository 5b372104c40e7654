package io.inkstone.models.draw;

import io.inkstone.InterruptedWorkException;
import io.inkstone.array.NdArray;
import io.inkstone.layers.Frozen;
import io.inkstone.layers.Layer;
import io.inkstone.models.Model;
import io.inkstone.tensor.AdaptedThreads;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * Passes through a model that nobody trains: in evaluation mode, without gradients, with frozen layers, in a scope of
 * their own.
 */
public record Inference(Model model, ComputeDevice device, Precision precision) {
    /** What {@code work} makes of the model; interrupted threads begin none, and a closed model says so. */
    public NdArray of(Supplier<Tensor> work) {
        InterruptedWorkException.check();
        AdaptedThreads.fit();
        return model.network().using(() -> {
            try (Scope scope = Scope.open()) {
                return Tensors.toArray(Layer.evaluating(() -> precision.compute(device, () -> Frozen.during(work))));
            }
        });
    }

    /** A float32 copy on the model's device. */
    public Tensor placed(NdArray array) {
        return device.place(Tensors.of(array.toFloats(), array.shape()));
    }
}
