package io.inkstone.models.conditional;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.image.Size;
import io.inkstone.weights.layout.PartConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The {@code config.json} of a {@code UNet2DModel}, which is told the time and nothing else (Ho et al. 2020, appendix B).
 *
 * @param shape of the network
 * @param size of the pictures that it was trained on, if the file says it
 */
public record UnconditionalConfig(ConditionalShape shape, Optional<Size> size) {
    private static final String PART = "unet";
    private static final String HEAD = "attention_head_dim";
    private static final String GROUPS = "norm_num_groups";
    private static final String SAMPLE = "sample_size";
    private static final String ATTENDS = "Attn";
    private static final String FIRST_NAMES = "UNetRes"; // as blocks were called in the first months
    private static final List<String> DOWN =
            List.of("DownBlock2D", "AttnDownBlock2D", "AttnDownBlock2D", "AttnDownBlock2D");
    private static final List<String> UP = List.of("AttnUpBlock2D", "AttnUpBlock2D", "AttnUpBlock2D", "UpBlock2D");
    private static final List<Integer> WIDTHS = List.of(224, 448, 672, 896);
    private static final int EMBEDDING = 4;

    /** Keys that change no answer: of training, and of a time embedding that is refused by its own key. */
    private static final Set<String> HARMLESS = Set.of("dropout", "num_train_timesteps");

    /** Other networks than this one, by the key that asks for them and the value that does not. */
    private static final Map<String, String> ONLY = Map.of(
            "center_input_sample", "false",
            "downsample_type", "\"conv\"",
            "upsample_type", "\"conv\"",
            "mid_block_type", "\"UNetMidBlock2D\"",
            "resnet_time_scale_shift", "\"default\"",
            "time_embedding_type", "\"positional\"");

    /** Keys that ask for networks which are told classes. */
    private static final List<String> NONE = List.of("class_embed_type", "num_class_embeds");

    /** Reads the text of a {@code config.json}; what asks for another network is an error that names it. */
    public static UnconditionalConfig parse(String text) {
        PartConfig config = PartConfig.parse(PART, text);
        requireThisNetwork(config);
        List<Integer> widths = config.counts("block_out_channels", WIDTHS);
        int embedding = EMBEDDING * widths.get(0);
        config.require("time_embedding_dim", String.valueOf(embedding));
        int groups = config.count(GROUPS, 32);
        config.require("attn_norm_num_groups", String.valueOf(groups));
        Optional<Size> size = size(config);
        ConditionalShape shape = new ConditionalShape(
                config.count("in_channels", 3),
                config.count("out_channels", 3),
                levels(config, widths),
                groups,
                config.real("norm_eps", 1e-5),
                new ConditionalShape.Form(
                        false, config.number("downsample_padding", 1) > 0, config.flag("add_attention", true)),
                new ConditionalShape.Time(
                        config.flag("flip_sin_to_cos", true), config.real("freq_shift", 0), OptionalInt.empty()),
                size.map(known -> Math.max(known.height(), known.width())).orElse(1));
        config.ignore(HARMLESS);
        config.requireKnown();
        return new UnconditionalConfig(shape, size);
    }

    private static void requireThisNetwork(PartConfig config) {
        ONLY.forEach(config::require);
        if (!Set.of("silu", "swish").contains(config.word("act_fn", "silu"))) { // two names of one function
            config.require("act_fn", "\"silu\"");
        }
        ConditionalConfig.requireOne(config, "mid_block_scale_factor");
        NONE.forEach(config::requireNothing);
        if (config.isNull("mid_block_type")) {
            throw new InputException(
                    "The config.json of unet says mid_block_type null; only \"UNetMidBlock2D\" can be computed here.");
        }
        int in = config.count("in_channels", 3);
        int out = config.count("out_channels", 3);
        if (in != out) {
            throw new InputException(Words.of(
                    "The config.json of unet says in_channels %d and out_channels %d; a network that answers one map for each channel can be computed here, none that has learnt its variance too.",
                    in, out));
        }
    }

    /** A side, or height and width. */
    private static Optional<Size> size(PartConfig config) {
        if (!config.isList(SAMPLE)) {
            OptionalInt side = config.countIfAny(SAMPLE);
            return side.isPresent() ? Optional.of(Size.square(side.getAsInt())) : Optional.empty();
        }
        List<Integer> sides = config.countPerLevel(SAMPLE, 2, 1);
        return Optional.of(new Size(sides.get(0), sides.get(1)));
    }

    /** Level by level. Here {@code attention_head_dim} is what it is called, and null is one head over all channels. */
    private static List<UnetLevelShape> levels(PartConfig config, List<Integer> widths) {
        int count = widths.size();
        List<Boolean> down = attends(config, "down_block_types", DOWN, count);
        List<Boolean> up = attends(config, "up_block_types", UP, count);
        boolean oneHead = config.isNull(HEAD);
        int head = config.count(HEAD, 8);
        int blocks = config.count("layers_per_block", 2);
        List<UnetLevelShape> levels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int width = widths.get(i);
            boolean looks = down.get(i) || up.get(count - 1 - i) || i == count - 1;
            if (looks && !oneHead && width % head != 0) {
                throw new InputException(Words.of(
                        "The config.json of unet says attention_head_dim %d, which does not divide the %d channels of level %d.",
                        head, width, i));
            }
            int heads = oneHead || !looks ? 1 : width / head;
            levels.add(UnetLevelShape.alone(width, blocks, down.get(i), up.get(count - 1 - i), heads));
        }
        return levels;
    }

    private static List<Boolean> attends(PartConfig config, String key, List<String> otherwise, int count) {
        List<String> types = config.words(key, otherwise).stream()
                .map(type -> type.startsWith(FIRST_NAMES) ? type.substring(FIRST_NAMES.length()) : type)
                .toList();
        if (types.size() != count || !Set.copyOf(otherwise).containsAll(types)) {
            throw new InputException(Words.of(
                    "The config.json of unet says %s %s; one of %s for each of %d levels was expected.",
                    key, types, String.join(" and ", new java.util.TreeSet<>(otherwise)), count));
        }
        return types.stream().map(type -> type.startsWith(ATTENDS)).toList();
    }

    /** How many times the innermost maps are smaller than pictures. */
    public int reduction() {
        return 1 << (shape.levels().size() - 1);
    }
}
