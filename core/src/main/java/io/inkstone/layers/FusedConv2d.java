package io.inkstone.layers;

import io.inkstone.tensor.Operator;
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
        Preparable.Folded folded = Preparable.fold(source.weight, source.bias, 0, norm);
        type = folded.weight().scalar_type().intern();
        // Not registered: no other operator can read oneDNN's layout.
        weight = Scope.own(
                REORDER.orElseThrow().apply(folded.weight(), source.padding, source.stride, DILATION, 1, null));
        bias = Scope.own(folded.bias().to(type).clone());
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
