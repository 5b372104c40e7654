package io.inkstone.layers;

import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Operator;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A convolution for evaluation on the CPU, [N, in, H, W] → [N, out, H', W'], with everything prepared: a batch norm after
 * it is folded in, w′ = w·scale and b′ = b·scale + shift per output channel; the weight has the type of the products and
 * oneDNN's own layout; the activation happens before the result is rounded and written.
 */
final class FusedConv2d extends Unary {
    private static final Optional<Operator> KERNEL = Operator.find("mkldnn::_convolution_pointwise", "");
    private static final Optional<Operator> REORDER = Operator.find("mkldnn::_reorder_convolution_weight", "");
    private static final long[] DILATION = {1, 1};

    private final Conv2d source;
    private final ScalarType type;
    private final Tensor weight;
    private final Tensor bias;
    private final String activation;

    /** Whether this machine's libtorch has the kernels. */
    static boolean possible(Conv2d convolution) {
        return KERNEL.isPresent()
                && REORDER.isPresent()
                && convolution.weight.device().type().intern() == DeviceType.CPU;
    }

    /** In the precision in force on this thread. */
    FusedConv2d(Conv2d source, Optional<BatchNorm> norm, Optional<String> activation) {
        this.source = source;
        this.activation = activation.orElse("none");
        type = Precision.current(DeviceType.CPU) == Precision.BFLOAT16 ? ScalarType.BFloat16 : ScalarType.Float;
        try (NoGradient none = NoGradient.begin()) {
            Tensor folded = norm.map(each -> source.weight.mul(each.scale().reshape(-1, 1, 1, 1)))
                    .orElse(source.weight);
            Tensor shifted = norm.map(each -> source.bias.mul(each.scale()).add_(each.shift()))
                    .orElse(source.bias);
            // Not registered: no other operator can read oneDNN's layout.
            weight = Scope.own(
                    REORDER.orElseThrow().apply(folded.to(type), source.padding, source.stride, DILATION, 1, null));
            bias = Scope.own(shifted.to(type).clone());
        }
    }

    @Override
    protected Tensor forward(Tensor x) {
        return KERNEL.orElseThrow()
                .apply(
                        x.to(type),
                        weight,
                        bias,
                        source.padding,
                        source.stride,
                        DILATION,
                        1,
                        activation,
                        new double[0],
                        "none");
    }

    @Override
    protected Tensor outline(Tensor x) {
        return source.outline(x);
    }

    @Override
    public void close() {
        Scope.release(weight);
        Scope.release(bias);
    }
}
