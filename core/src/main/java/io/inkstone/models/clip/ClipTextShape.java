package io.inkstone.models.clip;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.layers.Activation;
import io.inkstone.weights.layout.PartConfig;
import java.util.Set;

/**
 * What determines a text encoder.
 *
 * @param vocabulary number of ids
 * @param positions longest text in ids
 * @param width C, channels of a state
 * @param inner channels inside a feed-forward part
 * @param layers of the transformer
 * @param heads of every attention
 * @param activation of the feed-forward parts
 * @param eps of the layer norms
 * @param end how the end of a text is found for the pooled state
 */
public record ClipTextShape(
        int vocabulary,
        int positions,
        int width,
        int inner,
        int layers,
        int heads,
        Gelu activation,
        double eps,
        End end) {
    /** Keys of the configuration that change no state: where it came from, how it was trained, and what its tokenizer knows. */
    private static final Set<String> HARMLESS = Set.of(
            "architectures",
            "attention_dropout",
            "bos_token_id",
            "dropout",
            "dtype",
            "initializer_factor",
            "initializer_range",
            "pad_token_id",
            "projection_dim",
            "torch_dtype",
            "transformers_version",
            "use_cache");

    /** Old configurations name 2 as the end mark, which it is not: there it is the highest id. */
    private static final int HIGHEST_ID = 2;

    public ClipTextShape {
        if (width % heads != 0) {
            throw new InputException(Words.of("Text encoder: %d channels do not divide into %d heads.", width, heads));
        }
    }

    /** Forms of x·Φ(x). */
    public enum Gelu {
        /** By the error function. */
        EXACT {
            @Override
            Activation layer() {
                return Activation.gelu();
            }
        },
        /** x·sigmoid(1.702·x). */
        QUICK {
            @Override
            Activation layer() {
                return Activation.quickGelu();
            }
        };

        abstract Activation layer();
    }

    /**
     * Where a text ends.
     *
     * @param id of the end mark; the first one counts. {@code 2} in files of early years means the highest id of the text
     */
    public record End(int id) {
        boolean isHighest() {
            return id == HIGHEST_ID;
        }
    }

    /** Of the text encoder of Stable Diffusion 1.x, CLIP ViT-L/14. */
    public static ClipTextShape large() {
        return new ClipTextShape(49_408, 77, 768, 3072, 12, 12, Gelu.QUICK, 1e-5, new End(HIGHEST_ID));
    }

    /** Of the text encoder of Stable Diffusion 2.x: 23 of the 24 layers of OpenCLIP ViT-H/14. */
    public static ClipTextShape huge() {
        return new ClipTextShape(49_408, 77, 1024, 4096, 23, 16, Gelu.EXACT, 1e-5, new End(HIGHEST_ID));
    }

    /** Reads the text of the {@code config.json} of a {@code CLIPTextModel}. */
    public static ClipTextShape parse(String text) {
        PartConfig config = PartConfig.parse("text_encoder", text);
        String model = config.word("model_type", "clip_text_model");
        if (!model.equals("clip_text_model")) {
            throw new InputException(Words.of(
                    "The config.json of text_encoder says model_type %s; only a CLIP text model (clip_text_model) can be computed here.",
                    model));
        }
        ClipTextShape shape = new ClipTextShape(
                config.count("vocab_size", 49_408),
                config.count("max_position_embeddings", 77),
                config.count("hidden_size", 512),
                config.count("intermediate_size", 2048),
                config.count("num_hidden_layers", 12),
                config.count("num_attention_heads", 8),
                gelu(config.word("hidden_act", "quick_gelu")),
                config.real("layer_norm_eps", 1e-5),
                new End(config.number("eos_token_id", 49_407)));
        config.ignore(HARMLESS);
        config.requireKnown();
        return shape;
    }

    private static Gelu gelu(String word) {
        return switch (word) {
            case "quick_gelu" -> Gelu.QUICK;
            case "gelu" -> Gelu.EXACT;
            default ->
                throw new InputException(Words.of(
                        "The config.json of text_encoder says hidden_act %s; quick_gelu or gelu was expected.", word));
        };
    }
}
