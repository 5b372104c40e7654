package io.inkstone.models.tiny;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.weights.layout.PartConfig;
import java.util.List;
import java.util.Set;

/**
 * What determines a tiny autoencoder.
 *
 * @param channels of pictures
 * @param latent channels of a code
 * @param encoder levels from full size down
 * @param decoder levels from the codes up
 * @param scale by which its codes are multiplied to have a standard deviation of about 1
 */
public record TinyShape(int channels, int latent, List<Level> encoder, List<Level> decoder, double scale) {
    /** Keys that change no answer: in which precision and range others keep its codes as pictures. */
    private static final Set<String> HARMLESS =
            Set.of("block_out_channels", "force_upcast", "latent_magnitude", "latent_shift");

    /**
     * One resolution.
     *
     * @param width channels
     * @param blocks residual blocks
     */
    public record Level(int width, int blocks) {}

    public TinyShape {
        encoder = List.copyOf(encoder);
        decoder = List.copyOf(decoder);
        if (encoder.size() != decoder.size()) {
            throw new InputException(Words.of(
                    "Tiny autoencoder: the encoder has %d levels and the decoder %d; as many were expected.",
                    encoder.size(), decoder.size()));
        }
        requireOneWidth(encoder);
        requireOneWidth(decoder);
    }

    /** Nothing leads from one width to another in this network. */
    private static void requireOneWidth(List<Level> levels) {
        if (levels.stream().map(Level::width).distinct().count() > 1) {
            throw new InputException(Words.of("Tiny autoencoder: levels of one width were expected, got %s.", levels));
        }
    }

    /** The published one, for Stable Diffusion 1.x and 2.x. */
    public static TinyShape published() {
        return parse("{}");
    }

    /** How many times smaller a code's side is: 8 for four levels. */
    public int reduction() {
        return 1 << (encoder.size() - 1);
    }

    /** Reads the text of the {@code config.json} of an {@code AutoencoderTiny}. */
    public static TinyShape parse(String text) {
        PartConfig config = PartConfig.parse("vae", text);
        config.require("act_fn", "\"relu\"");
        config.require("upsample_fn", "\"nearest\"");
        config.require("upsampling_scaling_factor", "2");
        if (config.real("shift_factor", 0) != 0) {
            throw new InputException(Words.of(
                    "The config.json of vae says shift_factor %s; only 0 can be computed here.",
                    config.real("shift_factor", 0)));
        }
        int channels = config.count("in_channels", 3);
        config.require("out_channels", String.valueOf(channels));
        TinyShape shape = new TinyShape(
                channels,
                config.count("latent_channels", 4),
                levels(config, "encoder_block_out_channels", "num_encoder_blocks", List.of(1, 3, 3, 3)),
                levels(config, "decoder_block_out_channels", "num_decoder_blocks", List.of(3, 3, 3, 1)),
                config.real("scaling_factor", 1));
        config.ignore(HARMLESS);
        config.requireKnown();
        return shape;
    }

    private static List<Level> levels(PartConfig config, String widthKey, String blockKey, List<Integer> usual) {
        List<Integer> widths = config.counts(widthKey, List.of(64, 64, 64, 64));
        List<Integer> blocks = config.counts(blockKey, usual);
        if (widths.size() != blocks.size()) {
            throw new InputException(Words.of(
                    "The config.json of vae says %s %s and %s %s; lists of one length were expected.",
                    widthKey, widths, blockKey, blocks));
        }
        return java.util.stream.IntStream.range(0, widths.size())
                .mapToObj(i -> new Level(widths.get(i), blocks.get(i)))
                .toList();
    }
}
