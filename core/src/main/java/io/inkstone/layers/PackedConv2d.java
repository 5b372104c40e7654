package io.inkstone.layers;

import io.inkstone.tensor.Operator;
import io.inkstone.tensor.Scope;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;

/** oneDNN's convolution on the CPU with a weight that is laid out for it once; unknown to autograd and autocast. */
final class PackedConv2d {
    private static final Optional<Operator> KERNEL = Operator.find("mkldnn::_convolution_pointwise", "");
    private static final Optional<Operator> REORDER = Operator.find("mkldnn::_reorder_convolution_weight", "");
    private static final long[] DILATION = {1, 1};

    private final Tensor weight;
    private final long[] padding;
    private final long[] stride;
    private final long groups;

    /**
     * @param weight [out, in / groups, k, k] in the type of the inputs
     * @param shape of the inputs, [N, in, H, W], or null if it is not known
     */
    PackedConv2d(Tensor weight, long[] padding, long[] stride, long groups, long[] shape) {
        this.padding = padding;
        this.stride = stride;
        this.groups = groups;
        // Handed to nobody: no other operator can read oneDNN's layout.
        this.weight = REORDER.orElseThrow().apply(weight, padding, stride, DILATION, (int) groups, shape);
    }

    /** Whether this machine's libtorch has the kernels for what lies where {@code weight} does. */
    static boolean possible(Tensor weight) {
        return KERNEL.isPresent()
                && REORDER.isPresent()
                && weight.device().type().intern() == DeviceType.CPU;
    }

    /**
     * @param bias [out], or null
     * @param activation its name in oneDNN, or "none"
     */
    Tensor apply(Tensor x, Tensor bias, String activation) {
        return KERNEL.orElseThrow()
                .apply(x, weight, bias, padding, stride, DILATION, (int) groups, activation, new double[0], "none");
    }

    /** Lets it outlive the scope that it was made in, until {@link #release}. */
    PackedConv2d own() {
        Scope.own(weight);
        return this;
    }

    void release() {
        Scope.release(weight);
    }
}
