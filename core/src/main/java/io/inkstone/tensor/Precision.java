package io.inkstone.tensor;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.function.Supplier;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How products are computed. Weights, statistics of norms, losses and optimizer state are float32 in every case.
 *
 * @since 0.1
 */
public enum Precision {
    /** bfloat16 where the device multiplies it faster than float32, float32 elsewhere. */
    @JsonProperty("auto")
    AUTO,
    @JsonProperty("float32")
    FLOAT32,
    /** Convolutions and matrix products in bfloat16 (mixed precision). */
    @JsonProperty("bfloat16")
    BFLOAT16;

    /** AUTO decided for {@code device}; the others unchanged. */
    public Precision on(ComputeDevice device) {
        if (this != AUTO) {
            return this;
        }
        return device.multipliesBfloat16() ? BFLOAT16 : FLOAT32;
    }

    /**
     * What work that began in {@code before} goes on in on {@code device}: AUTO stays bfloat16 wherever there are instructions
     * for it, since when that pays may be judged otherwise by another version.
     */
    public Precision goingOn(ComputeDevice device, Precision before) {
        return this == AUTO && before == BFLOAT16 && device.hasBfloat16() ? BFLOAT16 : this;
    }

    /** Runs {@code work} with this precision on {@code device}; AUTO is decided first. */
    public <T> T compute(ComputeDevice device, Supplier<T> work) {
        return autocast(device.type(), on(device) == BFLOAT16, work);
    }

    /** Runs {@code work} in float32 inside a bfloat16 pass, where eight bits of mantissa are too few. */
    public static <T> T inFloat32(Supplier<T> work) {
        return autocast(DeviceType.CPU, false, () -> autocast(DeviceType.CUDA, false, work));
    }

    /** What is in force on this thread for products on a device of this type. */
    public static Precision current(DeviceType type) {
        return type != DeviceType.Meta && torch.is_autocast_enabled(type) ? BFLOAT16 : FLOAT32;
    }

    private static <T> T autocast(DeviceType type, boolean on, Supplier<T> work) {
        if (type == DeviceType.Meta) {
            return work.get(); // shapes have no precision, and libtorch knows no mixed one for them
        }
        boolean before = torch.is_autocast_enabled(type);
        if (before == on) {
            return work.get();
        }
        torch.set_autocast_enabled(type, on);
        torch.set_autocast_dtype(type, ScalarType.BFloat16);
        try {
            return work.get();
        } finally {
            torch.set_autocast_enabled(type, before);
            if (on) {
                torch.clear_cache(); // else the next pass multiplies by yesterday's weights
            }
        }
    }

    /** As recipes and options write it. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
