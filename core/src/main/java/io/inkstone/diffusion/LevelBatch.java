package io.inkstone.diffusion;

import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.Tensor;

/**
 * A level for each picture of a training batch: doubles that become tensors at the multiply.
 *
 * @param levels one per picture
 * @param device of the pictures
 */
public record LevelBatch(List<Level> levels, ComputeDevice device) {
    /** The levels of {@code path} at {@code times}. */
    public static LevelBatch at(NoisePath path, double[] times, ComputeDevice device) {
        return new LevelBatch(Arrays.stream(times).mapToObj(path::at).toList(), device);
    }

    /** A number of each level [N]. */
    public Tensor numbers(ToDoubleFunction<Level> number) {
        float[] values = new float[levels.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) number.applyAsDouble(levels.get(i));
        }
        return device.place(Tensors.of(values, values.length));
    }

    /** Each picture of [N, C, H, W] times its number. */
    public Tensor scaled(Tensor pictures, ToDoubleFunction<Level> number) {
        return all(number, 1) ? pictures : pictures.mul(numbers(number).reshape(-1, 1, 1, 1));
    }

    /** a·x + b·y with numbers of each picture's level. */
    public Tensor mixed(ToDoubleFunction<Level> a, Tensor x, ToDoubleFunction<Level> b, Tensor y) {
        if (all(a, 0)) {
            return scaled(y, b);
        }
        return all(b, 0) ? scaled(x, a) : scaled(x, a).add(scaled(y, b));
    }

    /** Whether {@code number} is {@code value} at every level. */
    public boolean all(ToDoubleFunction<Level> number, double value) {
        return levels.stream().allMatch(level -> number.applyAsDouble(level) == value);
    }
}
