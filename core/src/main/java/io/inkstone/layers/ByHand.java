package io.inkstone.layers;

import io.inkstone.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A layer that forms its gradients itself, because its own way is faster or keeps less than autograd's. */
interface ByHand {
    /** One pass without a graph in the precision in force. */
    Pass passByHand(Tensor x);

    /**
     * What a pass leaves behind.
     *
     * @param output of the layer
     * @param kept tensors that {@code backward} reads; they outlive the scope of the pass
     * @param backward adds the parameters' gradients for that of the output, and returns that of the input
     */
    record Pass(Tensor output, List<Tensor> kept, UnaryOperator<Tensor> backward) {
        static Pass of(Tensor output, UnaryOperator<Tensor> backward, Tensor... kept) {
            List<Tensor> all = new ArrayList<>(List.of(kept));
            all.forEach(Scope::own);
            return new Pass(output, all, backward);
        }

        void release() {
            kept.forEach(Scope::release);
        }
    }

    /** Adds {@code gradient}, in any precision, to what {@code parameter} has gathered. */
    static void gather(Tensor parameter, Tensor gradient) {
        Scope.run(() -> {
            if (parameter.grad().defined()) {
                parameter.grad().add_(gradient);
            } else {
                // In the parameter's type and memory order: the optimizer reads them side by side.
                parameter.mutable_grad().put(torch.empty_like(parameter).copy_(gradient));
            }
        });
        GradientWatch.gathered(parameter);
    }

    /** Which gradients an operator of libtorch should form. */
    static BoolPointer which(boolean... wanted) {
        BoolPointer mask = new BoolPointer(wanted.length);
        for (int i = 0; i < wanted.length; i++) {
            mask.put(i, wanted[i]);
        }
        return mask;
    }
}
