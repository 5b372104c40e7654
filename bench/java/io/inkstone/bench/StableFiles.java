package io.inkstone.bench;

import io.inkstone.array.LazyArray;
import io.inkstone.array.NdArray;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.models.autoencoder.AutoencoderNetwork;
import io.inkstone.models.autoencoder.PublishedAutoencoder;
import io.inkstone.models.clip.ClipTextEncoder;
import io.inkstone.models.clip.ClipTextShape;
import io.inkstone.models.conditional.ConditionalConfig;
import io.inkstone.models.conditional.ConditionalUnet;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import io.inkstone.text.ClipTokenizer;
import io.inkstone.train.Draws;
import io.inkstone.weights.LayerState;
import io.inkstone.weights.Safetensors;
import io.inkstone.weights.WeightSet;
import io.inkstone.weights.layout.AutoencoderWeights;
import io.inkstone.weights.layout.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * A folder of Stable Diffusion 1.x as diffusers keeps it, of full size (float32, 4.3 GB), with weights that are drawn from a
 * seed; and what all sides draw: the noise and the ids of the words.
 */
final class StableFiles {
    static final String PROMPT = "a watercolor of two red foxes under a pale moon";
    static final int HEADS = 8;

    private static final Seed SEED = new Seed(18);
    private static final String INDEX = "{\"_class_name\": \"StableDiffusionPipeline\"}";
    private static final String SCHEDULER =
            """
            {"_class_name": "DDIMScheduler", "num_train_timesteps": 1000, "beta_start": 0.00085, "beta_end": 0.012,
             "beta_schedule": "scaled_linear", "clip_sample": false, "set_alpha_to_one": false, "steps_offset": 1,
             "prediction_type": "epsilon", "timestep_spacing": "leading"}
            """;

    private StableFiles() {}

    /** The folder that all rows of one size share. */
    static Path model(Row row, Path folder) {
        return folder.resolveSibling(row.set().contains(Row.TINY) ? "stable-tiny" : "stable-full");
    }

    /** Pixels of a side. */
    static int side(Row row) {
        return row.set().contains(Row.TINY) ? 64 : 512;
    }

    private static String unet(Row row) {
        boolean tiny = row.set().contains(Row.TINY);
        return """
                {"_class_name": "UNet2DConditionModel", "block_out_channels": %s, "cross_attention_dim": %d, "in_channels": 4,
                 "out_channels": 4, "layers_per_block": 2, "attention_head_dim": %d, "norm_num_groups": 32, "sample_size": %d,
                 "down_block_types": ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
                 "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"]}
                """
                .formatted(tiny ? "[32, 64, 64, 64]" : "[320, 640, 1280, 1280]", tiny ? 64 : 768, HEADS, side(row) / 8);
    }

    private static String vae(Row row) {
        return """
                {"_class_name": "AutoencoderKL", "block_out_channels": %s, "in_channels": 3, "out_channels": 3,
                 "latent_channels": 4, "layers_per_block": 2, "norm_num_groups": 32, "sample_size": %d, "scaling_factor": 0.18215,
                 "act_fn": "silu", "down_block_types": ["DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D",
                 "DownEncoderBlock2D"], "up_block_types": ["UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D",
                 "UpDecoderBlock2D"]}
                """
                .formatted(row.set().contains(Row.TINY) ? "[32, 32, 32, 32]" : "[128, 256, 512, 512]", side(row));
    }

    private static String text(Row row) {
        boolean tiny = row.set().contains(Row.TINY);
        return """
                {"architectures": ["CLIPTextModel"], "model_type": "clip_text_model", "vocab_size": 49408, "hidden_size": %d,
                 "intermediate_size": %d, "num_hidden_layers": %d, "num_attention_heads": %d, "max_position_embeddings": 77,
                 "hidden_act": "quick_gelu", "eos_token_id": 2}
                """
                .formatted(tiny ? 64 : 768, tiny ? 128 : 3072, tiny ? 2 : 12, tiny ? 4 : 12);
    }

    /** The U-Net by itself. */
    static ConditionalUnet unet(Row row, Initializer init) {
        return new ConditionalUnet(init, ConditionalConfig.parse(unet(row)));
    }

    /** The autoencoder by itself. */
    static AutoencoderNetwork autoencoder(Row row, Initializer init) {
        return new AutoencoderNetwork(init, PublishedAutoencoder.parse(vae(row)).shape());
    }

    /** Writes what is not there yet. */
    static void write(Row row, Path folder) throws IOException {
        inputs(row, folder);
        Path model = model(row, folder);
        Path index = model.resolve("model_index.json");
        if (Files.exists(index)) {
            return; // written last
        }
        try (Scope scope = Scope.open()) {
            write(model.resolve("unet"), unet(row), unet(row, Initializer.seeded(SEED)), "diffusion_pytorch_model", "");
            write(
                    model.resolve("text_encoder"),
                    text(row),
                    new ClipTextEncoder(Initializer.seeded(SEED), ClipTextShape.parse(text(row))),
                    "model",
                    "text_model.");
        }
        Path vae = model.resolve("vae");
        config(vae, vae(row));
        try (Scope scope = Scope.open();
                AutoencoderNetwork network = autoencoder(row, Initializer.seeded(SEED))) {
            WeightSet set = AutoencoderWeights.read(WeightSet.of(LayerState.of(network)))
                    .as(Layout.DIFFUSERS);
            Safetensors.write(vae.resolve("diffusion_pytorch_model.safetensors"), set.tensors(), Map.of("format", "pt"));
        }
        ClipTokenizer.published().save(model.resolve("tokenizer"));
        Files.createDirectories(model.resolve("scheduler"));
        Files.writeString(model.resolve("scheduler/scheduler_config.json"), SCHEDULER);
        Files.writeString(index, INDEX);
    }

    private static void config(Path part, String config) throws IOException {
        Files.createDirectories(part);
        Files.writeString(part.resolve("config.json"), config);
    }

    private static void write(Path part, String config, Layer network, String name, String prefix) throws IOException {
        config(part, config);
        Map<String, LazyArray> tensors = new LinkedHashMap<>();
        network.state().forEach((own, tensor) -> tensors.put(prefix + own, lazy(tensor)));
        Safetensors.writeLazily(part.resolve(name + ".safetensors"), tensors, Map.of("format", "pt"));
    }

    /** A tensor whose values are copied when they are written. */
    private static LazyArray lazy(Tensor tensor) {
        return new LazyArray(
                io.inkstone.array.DType.FLOAT32,
                tensor.shape(),
                () -> List.of(Tensors.toArray(tensor)).iterator());
    }

    private static void inputs(Row row, Path folder) throws IOException {
        int latent = side(row) / 8;
        try (Scope scope = Scope.open()) {
            NdArray noise = Tensors.toArray(new Draws(SEED, 0, ComputeDevice.CPU).normal(1, 4, latent, latent));
            NdArray ids = ClipTokenizer.published().ids(List.of("", PROMPT));
            Safetensors.write(
                    folder.resolve("inputs.safetensors"), WeightSet.of(Map.of("noise", noise, "ids", ids)));
        }
    }
}
