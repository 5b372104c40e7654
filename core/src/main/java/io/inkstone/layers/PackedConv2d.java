package io.inkstone.layers;

import io.inkstone.tensor.Operator;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

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
     * @param shape of the inputs, [N, in, H, W]: without it oneDNN takes a guess, which may cost each pass more than it saves
     */
    PackedConv2d(Tensor weight, long[] padding, long[] stride, long groups, long[] shape) {
        this.padding = padding;
        this.stride = stride;
        this.groups = groups;
        // Handed to nobody: no other operator can read oneDNN's layout.
        this.weight = REORDER.orElseThrow().apply(weight, padding, stride, DILATION, (int) groups, shape);
    }

    /** Whether this machine's libtorch has the kernels for what lies where {@code weight} does, in the precision in force. */
    static boolean possible(Tensor weight) {
        return possibleInFloat32(weight) && (Preparable.products(weight) == ScalarType.Float || Bfloat16.PACKS);
    }

    /** The same for products in float32, whatever the precision in force. */
    static boolean possibleInFloat32(Tensor weight) {
        return KERNEL.isPresent()
                && REORDER.isPresent()
                && weight.device().type().intern() == DeviceType.CPU;
    }

    /** oneDNN multiplies bfloat16 on some processors only (AVX512 and newer), and libtorch refuses on the others. */
    private static final class Bfloat16 {
        static final boolean PACKS = packs();

        private static boolean packs() {
            try (Scope scope = Scope.open()) {
                Tensor weight = Tensors.zeros(8, 8, 1, 1).to(ScalarType.BFloat16);
                REORDER.orElseThrow().apply(weight, new long[2], new long[] {1, 1}, DILATION, 1, null);
                return true;
            } catch (RuntimeException refused) {
                return false;
            }
        }
    }

    /**
     * @param bias [out], or null
     * @param activation its name in oneDNN, or "none"
     */
    Tensor apply(Tensor x, Tensor bias, String activation) {
        return KERNEL.orElseThrow()
                .apply(x, weight, bias, padding, stride, DILATION, (int) groups, activation, new double[0], "none");
    }

    /** The weight as it came, in the order of its dimensions. */
    Tensor plain() {
        return weight.to_dense();
    }

    /** Of the products. */
    ScalarType type() {
        return weight.scalar_type().intern();
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
