package io.inkstone.tensor;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;

/**
 * Where tensors live and are computed.
 *
 * @param type CPU or CUDA (or Meta: shapes without numbers, for descriptions and estimates)
 * @param index which one of its kind, from 0
 * @since 0.1
 */
public record ComputeDevice(DeviceType type, int index) {
    public static final ComputeDevice CPU = new ComputeDevice(DeviceType.CPU, 0);
    /** Shapes only: nothing is allocated and nothing is computed. */
    public static final ComputeDevice META = new ComputeDevice(DeviceType.Meta, 0);

    /** Where {@code tensor} lives. */
    public static ComputeDevice of(Tensor tensor) {
        Device device = tensor.device();
        return new ComputeDevice(device.type().intern(), device.has_index() ? device.index() : 0);
    }

    /** {@code auto} (the first CUDA device where there is one), {@code cpu}, {@code cuda} or {@code cuda:1}. */
    public static ComputeDevice parse(String word) {
        List<ComputeDevice> all = available();
        if (word.equals("auto")) {
            return chosen(all);
        }
        String wanted = word.equals("cuda") ? "cuda:0" : word;
        return all.stream()
                .filter(device -> device.word().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new InputException(Words.of(
                        "There is no device '%s' here. Available: %s.",
                        word,
                        String.join(", ", all.stream().map(ComputeDevice::word).toList()))));
    }

    /** The first that is no CPU: systems number their fastest card 0. */
    static ComputeDevice chosen(List<ComputeDevice> all) {
        return all.stream()
                .filter(device -> device.type() == DeviceType.CUDA)
                .findFirst()
                .orElse(CPU);
    }

    /** The CPU first, then every CUDA device that this build and this machine offer. */
    public static List<ComputeDevice> available() {
        NativeLibrary.load();
        List<ComputeDevice> all = new ArrayList<>(List.of(CPU));
        if (torch.cuda_is_available()) {
            for (int i = 0; i < torch.cuda_device_count(); i++) {
                all.add(new ComputeDevice(DeviceType.CUDA, i));
            }
        }
        return all;
    }

    /** Whether bfloat16 products are worth it here. CUDA devices since Ampere multiply it; older ones were not tried. */
    public boolean multipliesBfloat16() {
        return type == DeviceType.CUDA
                || type == DeviceType.CPU && Hardware.here().multipliesBfloat16();
    }

    /** Whether it has instructions for bfloat16 products, worth it or not. */
    public boolean hasBfloat16() {
        return type == DeviceType.CUDA
                || type == DeviceType.CPU && Hardware.here().hasBfloat16();
    }

    /** Whether kernels of a backward pass in {@code precision} wait for each other by spinning: those for AMX do. */
    public boolean spinsInBackward(Precision precision) {
        return type == DeviceType.CPU && Hardware.here().amx() && precision.on(this) == Precision.BFLOAT16;
    }

    /** {@code cpu}, {@code cuda:0}. */
    public String word() {
        return type == DeviceType.CUDA ? "cuda:" + index : type.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** {@code tensor} on this device: itself if it already is. */
    public Tensor place(Tensor tensor) {
        if (tensor.device().type().intern() == type
                && (type != DeviceType.CUDA || tensor.device().index() == index)) {
            return tensor;
        }
        return tensor.to(nativeDevice(), tensor.scalar_type());
    }

    Device nativeDevice() {
        return type == DeviceType.CUDA ? new Device(type, (byte) index) : new Device(type);
    }
}
