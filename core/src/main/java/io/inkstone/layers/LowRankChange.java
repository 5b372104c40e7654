package io.inkstone.layers;

import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * What is learned beside a linear layer that stays as it is (Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models",
 * section 4.1): scale · B·A·x. Children lora_A [rank, in] and lora_B [out, rank], linear without bias; B starts at zero, so the
 * layer answers as before until something is learned.
 */
public final class LowRankChange extends Unary {
    private final Linear down;
    private final Linear up;
    private final double scale;

    LowRankChange(Initializer init, int in, int out, Size size) {
        down = child("lora_A", Linear.withoutBias(init, in, size.rank()));
        up = child("lora_B", Linear.silent(init, size.rank(), out));
        scale = size.alpha() / size.rank();
    }

    /**
     * How much can be learned, and how strongly it counts.
     *
     * @param rank inner width
     * @param alpha the scale is alpha ÷ rank
     */
    public record Size(int rank, double alpha) {}

    @Override
    protected Tensor forward(Tensor x) {
        return Tensors.scale(up.apply(down.apply(x)), scale);
    }

    /** scale · B·A, [out, in], float32. */
    Tensor product() {
        return Tensors.scale(up.weight().matmul(down.weight()), scale);
    }
}
