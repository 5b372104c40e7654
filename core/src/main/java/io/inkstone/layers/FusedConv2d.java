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
    private final Optional<Activation> activation;
    private final String fused;
    private final boolean folded;

    /** Whether this machine's libtorch has the kernels. */
    static boolean possible(Conv2d convolution) {
        return KERNEL.isPresent()
                && REORDER.isPresent()
                && convolution.weight.device().type().intern() == DeviceType.CPU;
    }

    /** In the precision in force on this thread. */
    FusedConv2d(Conv2d source, Optional<BatchNorm> norm, Optional<Activation> activation) {
        this.source = source;
        this.activation = activation;
        fused = activation.flatMap(Activation::fused).orElse("none");
        folded = norm.isPresent();
        Preparable.Folded parts = Preparable.fold(source.weight, source.bias, 0, norm);
        type = parts.weight().scalar_type().intern();
        // Not registered: no other operator can read oneDNN's layout.
        weight = Scope.own(
                REORDER.orElseThrow().apply(parts.weight(), source.padding, source.stride, DILATION, 1, null));
        bias = Scope.own(parts.bias().to(type).clone());
    }

    @Override
    protected Tensor forward(Tensor x) {
        if (!folded && source.byTiles(x)) {
            Tensor y = source.forward(x);
            return activation.map(each -> each.apply(y)).orElse(y);
        }
        return KERNEL.orElseThrow()
                .apply(
                        x.to(type),
                        weight,
                        bias,
                        source.padding,
                        source.stride,
                        DILATION,
                        1,
                        fused,
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
