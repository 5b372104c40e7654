package io.inkstone.weights.layout;

/** Whose names a weight file uses for the KL autoencoder. */
public enum Layout {
    /** Entries numbered in the order of the network: {@code encoder.1.s.0.weight}. */
    INKSTONE,
    /** {@code encoder.down.0.block.0.norm1.weight}, attention as 1×1 convolutions. */
    COMPVIS,
    /** {@code encoder.down_blocks.0.resnets.0.norm1.weight}, attention as linear layers. */
    DIFFUSERS,
    /** Diffusers before 0.14: the same with attention named {@code query}, {@code key}, {@code value}, {@code proj_attn}. */
    DIFFUSERS_OLD;

    /** Whether attention weights are stored as [C, C, 1, 1] and not as [C, C]. */
    boolean attentionIsConvolution() {
        return this == COMPVIS;
    }
}
