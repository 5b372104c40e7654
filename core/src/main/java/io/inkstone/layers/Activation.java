package io.inkstone.layers;

import io.inkstone.tensor.Tensors;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** Element-wise non-linearities. */
public final class Activation extends Unary {
    private static final double QUICK = 1.702;

    private final UnaryOperator<Tensor> function;
    private final Optional<String> fused;

    private Activation(UnaryOperator<Tensor> function, String fused) {
        this.function = function;
        this.fused = Optional.ofNullable(fused);
    }

    public static Activation relu() {
        return new Activation(torch::relu, "relu");
    }

    /** max(x, slope·x), with slope 0.2 as in DCGAN (Radford et al. 2016). */
    public static Activation leakyRelu() {
        return new Activation(x -> torch.leaky_relu(x, new org.bytedeco.pytorch.Scalar(0.2)), null);
    }

    /** The exact one: x·Φ(x) by the error function. */
    public static Activation gelu() {
        return new Activation(x -> flat(x, torch::gelu), "gelu");
    }

    /** x·sigmoid(1.702·x), the approximation of GELU that CLIP was trained with. */
    public static Activation quickGelu() {
        return new Activation(x -> x.mul(torch.sigmoid(Tensors.scale(x, QUICK))), null);
    }

    /** x·sigmoid(x), also called swish. */
    public static Activation silu() {
        return new Activation(torch::silu, "swish");
    }

    /** The kernel takes 1.7 times as long where memory is not in the order of the dimensions. */
    private static Tensor flat(Tensor x, UnaryOperator<Tensor> function) {
        return x.dim() == 4 && x.is_contiguous(MemoryFormat.ChannelsLast)
                ? function.apply(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
                : function.apply(x);
    }

    public static Activation sigmoid() {
        return new Activation(Tensor::sigmoid, "sigmoid");
    }

    /** Its name inside oneDNN's convolutions, which can apply it before they write their result; empty if it has none. */
    Optional<String> fused() {
        return fused;
    }

    @Override
    protected Tensor forward(Tensor x) {
        return function.apply(x);
    }

    @Override
    protected Tensor outline(Tensor x) {
        return x;
    }
}
