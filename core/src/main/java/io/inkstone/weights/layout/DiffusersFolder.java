package io.inkstone.weights.layout;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.inkstone.InputException;
import io.inkstone.array.AtomicFile;
import io.inkstone.weights.Safetensors;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A folder that diffusers' {@code AutoencoderKL.from_pretrained} reads: a configuration and the weights. */
public final class DiffusersFolder {
    private DiffusersFolder() {}

    /**
     * What a configuration says beside the sizes.
     *
     * @param side of the pictures the network was trained on, in pixels
     * @param scale by which latents are multiplied to have a standard deviation of 1
     * @param normGroups groups of its group normalisation
     */
    public record Settings(int side, double scale, int normGroups) {}

    /** Writes {@code config.json} and {@code diffusion_pytorch_model.safetensors} into {@code folder}. */
    public static void write(Path folder, AutoencoderWeights weights, Settings settings) throws IOException {
        String config = config(weights.sizes(), settings);
        WeightSet set = weights.as(Layout.DIFFUSERS);
        Map<String, String> metadata = new TreeMap<>(set.metadata());
        metadata.put("format", "pt"); // readers of that family insist on it
        Safetensors.write(folder.resolve("diffusion_pytorch_model.safetensors"), set.tensors(), metadata);
        AtomicFile.write(folder.resolve("config.json"), out -> out.write(config.getBytes(StandardCharsets.UTF_8)));
    }

    /** The text of {@code config.json}. */
    public static String config(AutoencoderSizes sizes, Settings settings) throws IOException {
        if (sizes.multipliers().get(0) != 1) {
            throw new InputException("Diffusers' autoencoder has as many channels in its first level as after its first"
                    + " convolution; the multipliers " + sizes.multipliers()
                    + " do not begin with 1. Export another layout.");
        }
        int levels = sizes.multipliers().size();
        List<Integer> widths =
                sizes.multipliers().stream().map(m -> m * sizes.width()).toList();
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("_class_name", "AutoencoderKL");
        config.put("act_fn", "silu");
        config.put("block_out_channels", widths);
        config.put("down_block_types", Collections.nCopies(levels, "DownEncoderBlock2D"));
        config.put("in_channels", sizes.channels());
        config.put("latent_channels", sizes.latent());
        config.put("layers_per_block", sizes.blocks());
        config.put("norm_num_groups", settings.normGroups());
        config.put("out_channels", sizes.channels());
        config.put("sample_size", settings.side());
        config.put("scaling_factor", settings.scale());
        config.put("up_block_types", Collections.nCopies(levels, "UpDecoderBlock2D"));
        ObjectWriter writer = new ObjectMapper().writerWithDefaultPrettyPrinter();
        return writer.writeValueAsString(config) + "\n";
    }
}
