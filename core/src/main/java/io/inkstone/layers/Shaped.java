package io.inkstone.layers;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Outputs without numbers: libtorch's C++ part has no shape rule for convolutions on the meta device. */
final class Shaped {
    private Shaped() {}

    /** [N, channels, height, width] on the device of {@code x}. */
    static Tensor like(Tensor x, long channels, long height, long width) {
        return torch.zeros(new long[] {x.size(0), channels, height, width}, x.options());
    }
}
