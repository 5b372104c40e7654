package io.inkstone.models.autoencoder;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.weights.layout.PartConfig;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * What the {@code config.json} of an {@code AutoencoderKL} says.
 *
 * @param shape of the network
 * @param scale by which codes are multiplied, after {@code shift} is taken off, to have a standard deviation of about 1
 * @param shift 0 where there is none
 * @param side of the pictures it was trained on, in pixels
 */
public record PublishedAutoencoder(AutoencoderShape shape, double scale, double shift, int side) {
    private static final double USUAL_SCALE = 0.18215;

    /** Keys that change no answer: in which precision others keep a whole model. */
    private static final Set<String> HARMLESS = Set.of("force_upcast");

    /** Reads the text of a {@code config.json}; what asks for another network is an error that names it. */
    public static PublishedAutoencoder parse(String text) {
        PartConfig config = PartConfig.parse("vae", text);
        List<Integer> widths = config.counts("block_out_channels", List.of(64));
        requireBlocks(config, "down_block_types", "DownEncoderBlock2D", widths.size());
        requireBlocks(config, "up_block_types", "UpDecoderBlock2D", widths.size());
        config.require("act_fn", "\"silu\"");
        config.require("use_quant_conv", "true");
        config.require("use_post_quant_conv", "true");
        config.require("latents_mean", "null");
        config.require("latents_std", "null");
        int channels = config.count("in_channels", 3);
        config.require("out_channels", String.valueOf(channels));
        AutoencoderShape shape = new AutoencoderShape(
                channels,
                widths.get(0),
                multipliers(widths),
                config.count("latent_channels", 4),
                config.count("norm_num_groups", 32),
                new AutoencoderShape.Parts(true, config.flag("mid_block_add_attention", true)),
                config.count("layers_per_block", 1));
        PublishedAutoencoder published = new PublishedAutoencoder(
                shape,
                config.real("scaling_factor", USUAL_SCALE),
                config.real("shift_factor", 0),
                config.count("sample_size", 32));
        config.ignore(HARMLESS);
        config.requireKnown();
        return published;
    }

    public PublishedAutoencoder {
        if (!(scale > 0 && scale < Double.POSITIVE_INFINITY) || !Double.isFinite(shift)) {
            throw new InputException(Words.of(
                    "The config.json of vae says scaling_factor %s and shift_factor %s; a number above 0 and a number were expected.",
                    scale, shift));
        }
    }

    private static void requireBlocks(PartConfig config, String key, String type, int levels) {
        List<String> usual = Collections.nCopies(levels, type);
        List<String> types = config.words(key, usual);
        if (!types.equals(usual)) {
            throw new InputException(Words.of(
                    "The config.json of vae says %s %s; %s for each of %d levels was expected.",
                    key, types, type, levels));
        }
    }

    private static List<Integer> multipliers(List<Integer> widths) {
        int first = widths.get(0);
        if (widths.stream().anyMatch(width -> width % first != 0)) {
            throw new InputException(Words.of(
                    "The config.json of vae says block_out_channels %s; multiples of the first were expected.",
                    widths));
        }
        return widths.stream().map(width -> width / first).toList();
    }
}
