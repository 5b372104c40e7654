package io.inkstone.tensor;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The one place where a training step reads values back to the host. On a device that computes beside the host each call
 * waits until everything that was asked of the device is done, so all that is wanted at once is read at once.
 */
public final class Readback {
    private Readback() {}

    /** The values of tensors of one element each, exactly; zeros on {@link ComputeDevice#META}, which has none. */
    public static double[] numbers(List<Tensor> scalars) {
        if (scalars.isEmpty() || ComputeDevice.of(scalars.get(0)).equals(ComputeDevice.META)) {
            return new double[scalars.size()];
        }
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin()) {
            return Tensors.toDoubles(Tensors.stack(scalars.stream()
                    .map(scalar -> scalar.detach().to(ScalarType.Double).reshape(1))
                    .toList()));
        }
    }

    /** One of them. */
    public static double number(Tensor scalar) {
        return numbers(List.of(scalar))[0];
    }

    /** Whether all of {@code numbers} are finite. */
    public static boolean finite(double... numbers) {
        return Arrays.stream(numbers).allMatch(Double::isFinite);
    }
}
