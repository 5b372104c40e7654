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
    /** Until it is laid out. */
    private Tensor weight;
    /** Laid out for the maps of the first pass. */
    private volatile PackedConv2d kernel;

    private final Tensor bias;
    private final Optional<Activation> activation;
    private final String fused;
    private final boolean folded;
    private final long bytes;

    /** In the precision in force on this thread. */
    FusedConv2d(Conv2d source, Optional<BatchNorm> norm, Optional<Activation> activation) {
        this.source = source;
        this.activation = activation;
        fused = activation.flatMap(Activation::fused).orElse("none");
        folded = norm.isPresent();
        Preparable.Folded parts = Preparable.fold(source.lendable(), source.bias, 0, norm);
        type = parts.weight().scalar_type().intern();
        weight = Scope.own(parts.weight().detach());
        bias = parts.bias() == null ? null : Scope.own(parts.bias().to(type).clone());
        bytes = parts.weight().nbytes() + (bias == null ? 0 : bias.nbytes());
    }

    @Override
    protected Tensor forward(Tensor x) {
        if (!folded && source.byTiles(x)) {
            Tensor y = source.forward(x);
            return activation.map(each -> each.apply(y)).orElse(y);
        }
        return kernel(x.shape()).apply(x.to(type), bias, fused);
    }

    /**
     * Laid out for the size of the first maps. Without a size oneDNN takes a guess, and where that is not what a pass needs it lays
     * the weight out anew in each by reference code (50 milliseconds for 1,280 channels to as many, 6 for the products).
     */
    private PackedConv2d kernel(long[] shape) {
        PackedConv2d ready = kernel;
        if (ready == null) {
            synchronized (this) {
                if (kernel == null) {
                    kernel = new PackedConv2d(weight, source.padding, source.stride, 1, shape).own();
                    releaseWeight();
                    if (!folded) {
                        source.lend(kernel);
                    }
                }
                ready = kernel;
            }
        }
        return ready;
    }

    @Override
    protected Tensor outline(Tensor x) {
        return source.outline(x);
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        if (kernel != null) {
            source.end(kernel);
            kernel.release();
        }
        releaseWeight();
        if (bias != null) {
            Scope.release(bias);
        }
    }

    private void releaseWeight() {
        if (weight != null) {
            Scope.release(weight);
            weight = null;
        }
    }
}
