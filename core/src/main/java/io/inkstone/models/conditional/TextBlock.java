package io.inkstone.models.conditional;

import io.inkstone.layers.CrossAttention;
import io.inkstone.layers.GatedFeedForward;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.layers.LayerNorm;
import org.bytedeco.pytorch.Tensor;

/**
 * A block of a transformer over the places of a map, [N, H·W, C] → the same shape: places look at each other (attn1), then at a
 * text (attn2), then each is passed on alone (ff); every part comes after a layer norm and beside a skip.
 */
final class TextBlock extends Layer {
    private final LayerNorm norm1;
    private final CrossAttention attn1;
    private final LayerNorm norm2;
    private final CrossAttention attn2;
    private final LayerNorm norm3;
    private final GatedFeedForward ff;

    TextBlock(Initializer init, UnetLevelShape level) {
        int width = level.width();
        norm1 = child("norm1", new LayerNorm(init, width));
        attn1 = child("attn1", new CrossAttention(init, width, width, level.heads()));
        norm2 = child("norm2", new LayerNorm(init, width));
        attn2 = child("attn2", new CrossAttention(init, width, level.told(), level.heads()));
        norm3 = child("norm3", new LayerNorm(init, width));
        ff = child("ff", new GatedFeedForward(init, width));
    }

    /** @param states of a text, [N, T, told] */
    Tensor apply(Tensor x, Tensor states) {
        return pass(x, () -> {
            Tensor h = attn1.apply(norm1.apply(x)).add_(x);
            Tensor seen = attn2.apply(norm2.apply(h), states).add_(h);
            return ff.apply(norm3.apply(seen)).add_(seen);
        });
    }
}
