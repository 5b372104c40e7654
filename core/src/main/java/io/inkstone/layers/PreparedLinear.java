package io.inkstone.layers;

import io.inkstone.tensor.Scope;
import org.bytedeco.pytorch.Tensor;

/**
 * x·Wᵀ + b for evaluation, with weights in the type of the products. Where that is float32 and there is much to multiply it is a
 * 1×1 convolution, a position for each row of x, with the bias in it: libtorch's products run on one thread here.
 */
final class PreparedLinear extends Unary {
    private final Tensor weight;
    private final Tensor bias;
    private final long bytes;

    /**
     * @param source [out, in], of the layer; does not change meanwhile
     * @param parts what it is multiplied by, which may be the same memory
     */
    PreparedLinear(Tensor source, Preparable.Folded parts) {
        weight = Scope.own(parts.weight().detach());
        bias = parts.bias() == null ? null : Scope.own(parts.bias().detach());
        bytes = weight.is_alias_of(source) ? 0 : weight.nbytes();
    }

    @Override
    protected Tensor forward(Tensor x) {
        if (!KernelChoices.current().preparedByConvolution(x, weight)) {
            return Linear.of(x, Stored.typed(weight, x), Stored.typed(bias, x));
        }
        long[] shape = x.shape();
        shape[shape.length - 1] = weight.size(0);
        return Linear.products(x.reshape(-1, x.size(-1)), weight, bias).reshape(shape);
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        Scope.release(weight);
        if (bias != null) {
            Scope.release(bias);
        }
    }
}
