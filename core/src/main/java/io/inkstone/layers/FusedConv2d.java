package io.inkstone.layers;

import io.inkstone.tensor.Scope;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A convolution for evaluation on the CPU, [N, in, H, W] → [N, out, H', W'], with everything prepared: a batch norm after
 * it is folded in, w′ = w·scale and b′ = b·scale + shift per output channel; the weight has the type of the products and
 * oneDNN's own layout; the activation happens before the result is rounded and written. Where {@link Winograd} is the faster
 * way, it goes by that, and the activation follows.
 */
final class FusedConv2d extends Unary {
    private final Conv2d source;
    private final ScalarType type;
    private final PackedConv2d kernel;
    private final Tensor bias;
    private final Optional<Activation> activation;
    private final String fused;
    private final boolean folded;

    /** In the precision in force on this thread. */
    FusedConv2d(Conv2d source, Optional<BatchNorm> norm, Optional<Activation> activation) {
        this.source = source;
        this.activation = activation;
        fused = activation.flatMap(Activation::fused).orElse("none");
        folded = norm.isPresent();
        Preparable.Folded parts = Preparable.fold(source.weight, source.bias, 0, norm);
        type = parts.weight().scalar_type().intern();
        kernel = new PackedConv2d(parts.weight(), source.padding, source.stride, 1, null).own();
        bias = parts.bias() == null ? null : Scope.own(parts.bias().to(type).clone());
    }

    @Override
    protected Tensor forward(Tensor x) {
        if (!folded && source.byTiles(x)) {
            Tensor y = source.forward(x);
            return activation.map(each -> each.apply(y)).orElse(y);
        }
        return kernel.apply(x.to(type), bias, fused);
    }

    @Override
    protected Tensor outline(Tensor x) {
        return source.outline(x);
    }

    @Override
    public void close() {
        kernel.release();
        if (bias != null) {
            Scope.release(bias);
        }
    }
}
