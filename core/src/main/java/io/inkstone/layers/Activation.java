package io.inkstone.layers;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Element-wise non-linearities. */
public final class Activation extends Unary {
    private final UnaryOperator<Tensor> function;

    private Activation(UnaryOperator<Tensor> function) {
        this.function = function;
    }

    public static Activation relu() {
        return new Activation(torch::relu);
    }

    /** max(x, slope·x), with slope 0.2 as in DCGAN (Radford et al. 2016). */
    public static Activation leakyRelu() {
        return new Activation(x -> torch.leaky_relu(x, new org.bytedeco.pytorch.Scalar(0.2)));
    }

    /** The exact one: x·Φ(x) by the error function. */
    public static Activation gelu() {
        return new Activation(torch::gelu);
    }

    /** x·sigmoid(x), also called swish. */
    public static Activation silu() {
        return new Activation(torch::silu);
    }

    public static Activation sigmoid() {
        return new Activation(Tensor::sigmoid);
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
