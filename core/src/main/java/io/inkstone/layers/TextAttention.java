package io.inkstone.layers;

import org.bytedeco.pytorch.Tensor;

/**
 * Every place of a map looks at the states of a text, [N, C, H, W] → the same shape: x + attend(norm(x), states) in heads of about
 * 32 channels (Rombach et al. 2022, section 3.3). Children norm (group norm) and attend ({@link CrossAttention}), whose last
 * matrix starts at zero: it hands on what it got before it has learned.
 */
public final class TextAttention extends Layer {
    private static final int HEAD = 32;

    private final GroupNorm norm;
    private final CrossAttention attend;

    /** @param states channels of the states */
    public TextAttention(Initializer init, int channels, int states) {
        norm = child("norm", new GroupNorm(init, Norm.groups(channels), channels, Norm.EPS));
        int heads = Math.max(1, channels / HEAD);
        while (channels % heads != 0) {
            heads--;
        }
        attend = child("attend", CrossAttention.silent(init, channels, states, heads));
    }

    /** @param states [N, T, states]; the same tensor from step to step, so that what is made of it is made once */
    public Tensor apply(Tensor x, Tensor states) {
        return pass(x, () -> {
            Tensor normed = norm.apply(x);
            Tensor places = normed.permute(0, 2, 3, 1).reshape(x.size(0), x.size(2) * x.size(3), x.size(1));
            Tensor seen = attend.apply(places, states);
            return x.add(
                    seen.reshape(x.size(0), x.size(2), x.size(3), x.size(1)).permute(0, 3, 1, 2));
        });
    }
}
