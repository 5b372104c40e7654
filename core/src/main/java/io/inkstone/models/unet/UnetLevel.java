package io.inkstone.models.unet;

import io.inkstone.layers.AdaptiveBlock;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.layers.SelfAttention;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The residual blocks of one resolution on one way, "0", "1", …, each with a self-attention "attention0", … or none. */
final class UnetLevel extends Layer {
    private final List<AdaptiveBlock> blocks = new ArrayList<>();
    private final List<SelfAttention> attentions = new ArrayList<>();

    /**
     * Adds a block.
     *
     * @param attends whether self-attention follows it
     */
    UnetLevel then(Initializer init, AdaptiveBlock.Make make, int in, int out, boolean attends) {
        int index = blocks.size();
        blocks.add(child(String.valueOf(index), new AdaptiveBlock(init, make, in, out)));
        attentions.add(attends ? child("attention" + index, SelfAttention.ofHeads(init, out)) : null);
        return this;
    }

    int size() {
        return blocks.size();
    }

    /** One block with what follows it. */
    Tensor apply(int index, Tensor x, Tensor embedding) {
        return pass(x, () -> {
            Tensor h = blocks.get(index).apply(x, embedding);
            SelfAttention attention = attentions.get(index);
            return attention == null ? h : attention.apply(h);
        });
    }
}
