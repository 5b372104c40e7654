package io.inkstone.models.stable;

import io.inkstone.InputException;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.layers.Linear;
import io.inkstone.layers.LowRankChange;
import io.inkstone.models.conditional.ConditionalUnet;
import java.util.List;

/**
 * Low-rank changes of all attention of a U-Net, which itself stays as it is: what LoRA training trains. Parameters have the names of
 * diffusers' and peft's files, {@code unet.down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.lora_A.weight}, and so do the
 * weights of a run.
 */
final class UnetChanges extends Layer {
    /** Queries, keys, values and what is made of them, as diffusers' training script has it. */
    private static final List<String> CHANGED = List.of(".to_q", ".to_k", ".to_v", ".to_out.0");

    UnetChanges(Initializer init, ConditionalUnet unet, LowRankChange.Size size) {
        visit("", unet, init, size);
        if (children().isEmpty()) {
            throw new InputException("This U-Net has no attention that a LoRA could change: train all of it.")
                    .about("model.lora.rank=0");
        }
    }

    /** The modules that are changed, by the ends of their names. */
    static List<String> targets() {
        return CHANGED.stream().map(end -> end.substring(1)).toList();
    }

    private void visit(String name, Layer layer, Initializer init, LowRankChange.Size size) {
        if (layer instanceof Linear linear && CHANGED.stream().anyMatch(name::endsWith)) {
            child("unet" + name, linear.changed(init, size));
        }
        layer.children().forEach((key, inner) -> visit(name + "." + key, inner, init, size));
    }
}
