package io.inkstone.weights.layout;

import io.inkstone.Words;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The modules of a KL autoencoder with {@code levels} resolutions under the names of every layout: some residual blocks a
 * level in the encoder (two as published), one more in the decoder, whose levels run from the smallest picture to the largest.
 */
public final class AutoencoderNames {
    /** More levels than any picture has halvings. */
    public static final int MAX_LEVELS = 16;

    /** Residual blocks of a level of the encoder, as published. */
    public static final int PUBLISHED_BLOCKS = 2;

    /** More blocks than any level has. */
    static final int MAX_BLOCKS = 64;

    private final List<Map<Layout, String>> modules = new ArrayList<>();
    private final int blocks;

    private AutoencoderNames(int levels, int blocks) {
        this.blocks = blocks;
        encoder(levels);
        decoder(levels);
    }

    /** The same for levels of two blocks, as published. */
    public static Map<String, String> between(Layout from, Layout to, int levels) {
        return between(from, to, levels, PUBLISHED_BLOCKS);
    }

    /**
     * Names in one layout by names in another, of weights and biases of all modules; shortcut convolutions are listed for
     * every block, though only blocks that change the width have them.
     *
     * @param levels number of resolutions, at least 1
     * @param blocks residual blocks of a level of the encoder
     */
    public static Map<String, String> between(Layout from, Layout to, int levels, int blocks) {
        if (levels < 1 || levels > MAX_LEVELS) {
            throw new IllegalArgumentException("An autoencoder has 1 to 16 levels, got " + levels);
        }
        Map<String, String> names = new LinkedHashMap<>();
        for (Map<Layout, String> module : new AutoencoderNames(levels, blocks).modules) {
            for (String end : List.of(".weight", ".bias")) {
                names.put(module.get(from) + end, module.get(to) + end);
            }
        }
        return names;
    }

    /** Which entry of the numbered encoder is the first block of a level. */
    static int encoderBlock(int level, int blocks) {
        return 1 + (blocks + 1) * level;
    }

    /** Which entry of the numbered encoder is the last, the 1×1 convolution of the moments. */
    static int encoderLast(int levels, int blocks) {
        return (blocks + 1) * levels + 6;
    }

    /** Which entry of the numbered decoder is the last, the convolution to the picture. */
    static int decoderLast(int levels, int blocks) {
        return (blocks + 3) * levels + 3;
    }

    private void encoder(int levels) {
        add("encoder.0", "encoder.conv_in", "encoder.conv_in");
        for (int level = 0; level < levels; level++) {
            int entry = encoderBlock(level, blocks);
            for (int i = 0; i < blocks; i++) {
                block(
                        "encoder." + (entry + i),
                        Words.of("encoder.down.%d.block.%d", level, i),
                        Words.of("encoder.down_blocks.%d.resnets.%d", level, i));
            }
            if (level < levels - 1) {
                add(
                        Words.of("encoder.%d.1", entry + blocks),
                        Words.of("encoder.down.%d.downsample.conv", level),
                        Words.of("encoder.down_blocks.%d.downsamplers.0.conv", level));
            }
        }
        int middle = (blocks + 1) * levels;
        middle(List.of("encoder." + middle, "encoder." + (middle + 1), "encoder." + (middle + 2)), "encoder");
        add("encoder." + (middle + 3), "encoder.norm_out", "encoder.conv_norm_out");
        add("encoder." + (middle + 5), "encoder.conv_out", "encoder.conv_out");
        add("encoder." + encoderLast(levels, blocks), "quant_conv", "quant_conv");
    }

    private void decoder(int levels) {
        add("decoder.0", "post_quant_conv", "post_quant_conv");
        add("decoder.1", "decoder.conv_in", "decoder.conv_in");
        middle(List.of("decoder.2.0", "decoder.2.1", "decoder.2.2"), "decoder");
        for (int step = 0; step < levels; step++) {
            int entry = 3 + (blocks + 3) * step;
            // CompVis counts decoder levels from the largest picture, diffusers in the order of the network
            int level = levels - 1 - step;
            for (int i = 0; i <= blocks; i++) {
                block(
                        "decoder." + (entry + i),
                        Words.of("decoder.up.%d.block.%d", level, i),
                        Words.of("decoder.up_blocks.%d.resnets.%d", step, i));
            }
            if (level > 0) {
                add(
                        "decoder." + (entry + blocks + 2),
                        Words.of("decoder.up.%d.upsample.conv", level),
                        Words.of("decoder.up_blocks.%d.upsamplers.0.conv", step));
            }
        }
        add("decoder." + (decoderLast(levels, blocks) - 2), "decoder.norm_out", "decoder.conv_norm_out");
        add("decoder." + decoderLast(levels, blocks), "decoder.conv_out", "decoder.conv_out");
    }

    private void middle(List<String> ours, String side) {
        block(ours.get(0), side + ".mid.block_1", side + ".mid_block.resnets.0");
        String compvis = side + ".mid.attn_1.";
        String diffusers = side + ".mid_block.attentions.0.";
        attention(ours.get(1), "norm", compvis + "norm", diffusers + "group_norm", diffusers + "group_norm");
        attention(ours.get(1), "q", compvis + "q", diffusers + "to_q", diffusers + "query");
        attention(ours.get(1), "k", compvis + "k", diffusers + "to_k", diffusers + "key");
        attention(ours.get(1), "v", compvis + "v", diffusers + "to_v", diffusers + "value");
        attention(ours.get(1), "out", compvis + "proj_out", diffusers + "to_out.0", diffusers + "proj_attn");
        block(ours.get(2), side + ".mid.block_2", side + ".mid_block.resnets.1");
    }

    private void block(String ours, String compvis, String diffusers) {
        add(ours + ".s.0", compvis + ".norm1", diffusers + ".norm1");
        add(ours + ".s.2", compvis + ".conv1", diffusers + ".conv1");
        add(ours + ".s.3", compvis + ".norm2", diffusers + ".norm2");
        add(ours + ".s.5", compvis + ".conv2", diffusers + ".conv2");
        add(ours + ".res", compvis + ".nin_shortcut", diffusers + ".conv_shortcut");
    }

    private void attention(String ours, String part, String compvis, String diffusers, String old) {
        Map<Layout, String> names = new EnumMap<>(Layout.class);
        names.put(Layout.INKSTONE, ours + "." + part);
        names.put(Layout.COMPVIS, compvis);
        names.put(Layout.DIFFUSERS, diffusers);
        names.put(Layout.DIFFUSERS_OLD, old);
        modules.add(names);
    }

    private void add(String ours, String compvis, String diffusers) {
        modules.add(Map.of(
                Layout.INKSTONE, ours,
                Layout.COMPVIS, compvis,
                Layout.DIFFUSERS, diffusers,
                Layout.DIFFUSERS_OLD, diffusers));
    }
}
