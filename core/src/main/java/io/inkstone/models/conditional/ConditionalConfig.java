package io.inkstone.models.conditional;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.weights.layout.PartConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The {@code config.json} of a {@code UNet2DConditionModel} as a {@link ConditionalShape}. */
public final class ConditionalConfig {
    private static final String ATTENDS_DOWN = "CrossAttnDownBlock2D";
    private static final String PLAIN_DOWN = "DownBlock2D";
    private static final String ATTENDS_UP = "CrossAttnUpBlock2D";
    private static final String PLAIN_UP = "UpBlock2D";
    private static final List<String> DOWN = List.of(ATTENDS_DOWN, ATTENDS_DOWN, ATTENDS_DOWN, PLAIN_DOWN);
    private static final List<String> UP = List.of(PLAIN_UP, ATTENDS_UP, ATTENDS_UP, ATTENDS_UP);

    /**
     * Keys that change no answer: what only matters where another key switches it on, and in which precision attention
     * multiplies (here its softmax and sums are float32 in any case).
     */
    private static final Set<String> HARMLESS = Set.of("addition_embed_type_num_heads", "upcast_attention", "dropout");

    /** Other networks than this one, by the key that asks for them and the value that does not. */
    private static final Map<String, String> ONLY = Map.ofEntries(
            Map.entry("act_fn", "\"silu\""),
            Map.entry("attention_type", "\"default\""),
            Map.entry("center_input_sample", "false"),
            Map.entry("class_embeddings_concat", "false"),
            Map.entry("conv_in_kernel", "3"),
            Map.entry("conv_out_kernel", "3"),
            Map.entry("dual_cross_attention", "false"),
            Map.entry("mid_block_only_cross_attention", "false"),
            Map.entry("mid_block_type", "\"UNetMidBlock2DCrossAttn\""),
            Map.entry("only_cross_attention", "false"),
            Map.entry("resnet_skip_time_act", "false"),
            Map.entry("resnet_time_scale_shift", "\"default\""),
            Map.entry("time_embedding_type", "\"positional\""));

    private ConditionalConfig() {}

    /** Reads the text of a {@code config.json}; what asks for another network is an error that names it. */
    public static ConditionalShape parse(String text) {
        PartConfig config = PartConfig.parse("unet", text);
        ONLY.forEach(config::require);
        requireOne(config, "mid_block_scale_factor");
        requireOne(config, "resnet_out_scale_factor");
        ConditionalShape shape = new ConditionalShape(
                config.count("in_channels", 4),
                config.count("out_channels", 4),
                levels(config),
                config.count("norm_num_groups", 32),
                config.real("norm_eps", 1e-5),
                new ConditionalShape.Form(
                        config.flag("use_linear_projection", false), config.number("downsample_padding", 1) > 0, true),
                new ConditionalShape.Time(
                        config.flag("flip_sin_to_cos", true),
                        config.real("freq_shift", 0),
                        config.countIfAny("time_cond_proj_dim")),
                config.count("sample_size", 64));
        config.ignore(HARMLESS);
        config.requireKnown();
        return shape;
    }

    static void requireOne(PartConfig config, String key) {
        double factor = config.real(key, 1);
        if (factor != 1) {
            throw new InputException(
                    Words.of("The config.json of unet says %s %s; only 1 can be computed here.", key, factor));
        }
    }

    /**
     * Level by level. What is called {@code attention_head_dim} is the number of heads: the name is a mistake of early releases
     * that all configurations have kept.
     */
    private static List<UnetLevelShape> levels(PartConfig config) {
        List<Integer> widths = config.counts("block_out_channels", List.of(320, 640, 1280, 1280));
        int count = widths.size();
        List<Boolean> down = attends(config, "down_block_types", DOWN, count);
        List<Boolean> up = attends(config, "up_block_types", UP, count);
        List<Integer> blocks = config.countPerLevel("layers_per_block", count, 2);
        List<Integer> heads = config.countPerLevel("attention_head_dim", count, 8);
        List<Integer> depths = config.countPerLevel("transformer_layers_per_block", count, 1);
        List<Integer> told = config.countPerLevel("cross_attention_dim", count, 1280);
        List<UnetLevelShape> levels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            levels.add(new UnetLevelShape(
                    widths.get(i),
                    blocks.get(i),
                    down.get(i),
                    up.get(count - 1 - i),
                    heads.get(i),
                    depths.get(i),
                    told.get(i)));
        }
        return levels;
    }

    private static List<Boolean> attends(PartConfig config, String key, List<String> otherwise, int count) {
        List<String> types = config.words(key, otherwise);
        String attending = otherwise.contains(ATTENDS_DOWN) ? ATTENDS_DOWN : ATTENDS_UP;
        String plain = otherwise.contains(PLAIN_DOWN) ? PLAIN_DOWN : PLAIN_UP;
        if (types.size() != count || !Set.of(attending, plain).containsAll(types)) {
            throw new InputException(Words.of(
                    "The config.json of unet says %s %s; one of %s and %s for each of %d levels was expected.",
                    key, types, attending, plain, count));
        }
        return types.stream().map(attending::equals).toList();
    }
}
