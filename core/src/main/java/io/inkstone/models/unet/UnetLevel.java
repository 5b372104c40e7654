package io.inkstone.models.unet;

import io.inkstone.layers.AdaptiveBlock;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.layers.SelfAttention;
import io.inkstone.layers.TextAttention;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The residual blocks of one resolution on one way, "0", "1", …, each with a self-attention "attention0", … or none, and behind
 * that, in networks that read, a look at a text, "text0", ….
 */
final class UnetLevel extends Layer {
    private final List<AdaptiveBlock> blocks = new ArrayList<>();
    private final List<SelfAttention> attentions = new ArrayList<>();
    private final List<TextAttention> texts = new ArrayList<>();
    private final int states;

    /** @param states channels of the states of a text that is looked at wherever self-attention is; 0 for none */
    UnetLevel(int states) {
        this.states = states;
    }

    /**
     * Adds a block.
     *
     * @param attends whether self-attention follows it
     */
    UnetLevel then(Initializer init, AdaptiveBlock.Make make, int in, int out, boolean attends) {
        int index = blocks.size();
        blocks.add(child(String.valueOf(index), new AdaptiveBlock(init, make, in, out)));
        attentions.add(attends ? child("attention" + index, SelfAttention.ofHeads(init, out)) : null);
        texts.add(attends && states > 0 ? child("text" + index, new TextAttention(init, out, states)) : null);
        return this;
    }

    int size() {
        return blocks.size();
    }

    /**
     * One block with what follows it.
     *
     * @param text states [N, T, states]; null for a network that reads none
     */
    Tensor apply(int index, Tensor x, Tensor embedding, Tensor text) {
        return pass(x, () -> {
            Tensor h = blocks.get(index).apply(x, embedding);
            SelfAttention attention = attentions.get(index);
            Tensor seen = attention == null ? h : attention.apply(h);
            TextAttention look = texts.get(index);
            return look == null ? seen : look.apply(seen, text);
        });
    }
}
