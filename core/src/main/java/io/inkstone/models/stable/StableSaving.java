package io.inkstone.models.stable;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.array.AtomicFile;
import io.inkstone.models.stable.StableSource.Part;
import io.inkstone.models.stable.StableSource.Stored;
import io.inkstone.weights.Safetensors;
import io.inkstone.weights.WeightSet;
import io.inkstone.weights.layout.AutoencoderWeights;
import io.inkstone.weights.layout.Layout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes parts as a folder that diffusers opens; weights keep their type. */
public final class StableSaving {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StableSaving() {}

    /** All parts but the U-Net's weights; of the U-Net its configuration. */
    public static void saveParts(StableSource source, Path folder) throws IOException {
        saveIndex(source, folder);
        source.tokenizer().save(folder.resolve("tokenizer"));
        write(folder.resolve("scheduler").resolve(StableFolder.SCHEDULER), source.scheduler());
        for (Part part : Part.values()) {
            Stored stored = source.weights().get(part);
            if (stored == null) {
                continue;
            }
            Path own = folder.resolve(part.folder());
            write(own.resolve("config.json"), stored.config());
            if (part != Part.UNET) {
                Safetensors.write(own.resolve(part.file()), named(part, stored).tensors(), Map.of("format", "pt"));
            }
        }
    }

    /** Under the names that diffusers has today. */
    private static WeightSet named(Part part, Stored stored) throws IOException {
        WeightSet set = stored.source().set();
        boolean renames = part == Part.VAE && AutoencoderWeights.recognises(set);
        return renames ? AutoencoderWeights.read(set).as(Layout.DIFFUSERS) : set;
    }

    private static void saveIndex(StableSource source, Path folder) throws IOException {
        String scheduler =
                ConfigText.json(source.scheduler()).path("_class_name").asText();
        Stored vae = source.weights().get(Part.VAE);
        boolean fills = source.weights().containsKey(Part.UNET)
                && ConfigText.json(source.unetConfig()).path("in_channels").asInt(4) > 4;
        ObjectNode index = JSON.createObjectNode()
                .put("_class_name", fills ? "StableDiffusionInpaintPipeline" : "StableDiffusionPipeline")
                .put("requires_safety_checker", false);
        part(index, "feature_extractor", null, null);
        part(index, "safety_checker", null, null);
        part(index, "scheduler", "diffusers", scheduler);
        part(index, "text_encoder", "transformers", "CLIPTextModel");
        part(index, "tokenizer", "transformers", "CLIPTokenizer");
        part(index, "unet", "diffusers", "UNet2DConditionModel");
        part(
                index,
                "vae",
                "diffusers",
                ConfigText.json(vae.config()).path("_class_name").asText("AutoencoderKL"));
        write(folder.resolve(StableFolder.INDEX), index.toPrettyString());
    }

    private static void part(ObjectNode index, String name, String library, String type) {
        index.putArray(name).add(library).add(type);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        AtomicFile.write(file, out -> out.write((text.strip() + "\n").getBytes(StandardCharsets.UTF_8)));
    }
}
