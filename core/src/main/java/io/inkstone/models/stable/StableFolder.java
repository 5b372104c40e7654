package io.inkstone.models.stable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.diffusion.scheduler.SchedulerConfig;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.models.autoencoder.AutoencoderNetwork;
import io.inkstone.models.autoencoder.PublishedAutoencoder;
import io.inkstone.models.clip.ClipTextEncoder;
import io.inkstone.models.clip.ClipTextNames;
import io.inkstone.models.clip.ClipTextShape;
import io.inkstone.models.conditional.ConditionalConfig;
import io.inkstone.models.conditional.ConditionalUnet;
import io.inkstone.models.tiny.TinyAutoencoder;
import io.inkstone.models.tiny.TinyShape;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.text.ClipTokenizer;
import io.inkstone.weights.LayerState;
import io.inkstone.weights.WeightFolder;
import io.inkstone.weights.WeightSource;
import io.inkstone.weights.layout.AutoencoderWeights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A folder of Stable Diffusion as diffusers writes it: {@code model_index.json}, {@code tokenizer}, {@code text_encoder},
 * {@code unet}, {@code vae} and {@code scheduler}.
 *
 * @param path of the folder
 * @param variant of the weights, such as {@code fp16}; empty for plain files, or the only variant
 */
public record StableFolder(Path path, Optional<String> variant) {
    private static final long MOST_TEXT = 1 << 20;
    private static final String INDEX = "model_index.json";
    private static final List<String> PARTS = List.of("tokenizer", "text_encoder", "unet", "vae", "scheduler");

    /** Pipelines whose parts are those of this package; what they do with them is decided by what is asked for. */
    private static final Set<String> KNOWN = Set.of(
            "StableDiffusionPipeline",
            "StableDiffusionImg2ImgPipeline",
            "StableDiffusionInpaintPipeline",
            "StableDiffusionInpaintPipelineLegacy",
            "LatentConsistencyModelPipeline",
            "LatentConsistencyModelImg2ImgPipeline");

    /** What an id of padding means in a tokenizer's configuration: the end mark, or "!" where texts end and nothing follows. */
    private static final Map<String, Integer> PADS = Map.of("<|endoftext|>", ClipTokenizer.END, "!", 0);

    /** Looks whether everything is there, before anything is read. */
    public static StableFolder of(Path path, Optional<String> variant) throws IOException {
        if (!Files.isRegularFile(path.resolve(INDEX))) {
            throw new InputException(Words.of("%s is no Stable Diffusion folder: it has no %s.", path, INDEX));
        }
        String pipeline = json(path.resolve(INDEX)).path("_class_name").asText("nothing");
        if (!KNOWN.contains(pipeline)) {
            throw new InputException(Words.of(
                    "%s is a %s, which cannot be drawn from yet: Stable Diffusion 1.x and 2.x can (StableDiffusionPipeline).",
                    path, pipeline));
        }
        List<String> missing = PARTS.stream()
                .filter(part -> !Files.isDirectory(path.resolve(part)))
                .toList();
        if (!missing.isEmpty()) {
            throw new InputException(Words.of(
                    "%s lacks %s, without which nothing can be drawn: fetch the whole folder.",
                    path, String.join(" and ", missing)));
        }
        return new StableFolder(path, variant);
    }

    /** Reads everything; weights keep the type that they have in their files. */
    public StableDiffusion open(Precision precision) throws IOException {
        SchedulerConfig scheduler =
                SchedulerConfig.parse(text(path.resolve("scheduler").resolve("scheduler_config.json")));
        ClipTokenizer tokenizer = tokenizer();
        ClipTextEncoder text = null;
        ConditionalUnet unet = null;
        LatentCoder coder = null;
        boolean whole = false;
        try (Scope scope = Scope.open()) {
            text = textEncoder();
            coder = coder();
            unet = unet();
            StableDiffusion all = new StableDiffusion(tokenizer, text, unet, coder, scheduler, precision);
            whole = true;
            return all;
        } finally {
            if (!whole) {
                closeAll(text, unet, coder == null ? null : coder.network());
            }
        }
    }

    private static void closeAll(Layer... layers) {
        for (Layer layer : layers) {
            if (layer != null) {
                layer.close();
            }
        }
    }

    private ClipTextEncoder textEncoder() throws IOException {
        try (WeightSource source = source("text_encoder")) {
            ClipTextShape shape = ClipTextShape.parse(source.config().orElseThrow());
            return filled(new ClipTextEncoder(Initializer.placeholders(), shape), ClipTextNames.plain(source));
        }
    }

    private ConditionalUnet unet() throws IOException {
        try (WeightSource source = source("unet")) {
            return filled(
                    new ConditionalUnet(
                            Initializer.placeholders(),
                            ConditionalConfig.parse(source.config().orElseThrow())),
                    source);
        }
    }

    private LatentCoder coder() throws IOException {
        try (WeightSource source = source("vae")) {
            String config = source.config().orElseThrow();
            if (parsed(config, path.resolve("vae")).path("_class_name").asText().equals("AutoencoderTiny")) {
                TinyShape shape = TinyShape.parse(config);
                return new LatentCoder.Tiny(filled(new TinyAutoencoder(Initializer.placeholders(), shape), source));
            }
            PublishedAutoencoder published = PublishedAutoencoder.parse(config);
            WeightSource renamed =
                    WeightSource.of(AutoencoderWeights.read(source.set()).weights());
            AutoencoderNetwork network =
                    filled(new AutoencoderNetwork(Initializer.placeholders(), published.shape()), renamed);
            return new LatentCoder.Moments(network, published.scale(), published.shift());
        }
    }

    private static <L extends Layer> L filled(L layer, WeightSource source) throws IOException {
        LayerState.fill(layer.state(), source, LayerState.Kept.STORED);
        layer.trainable(false);
        layer.training(false);
        return layer;
    }

    private WeightSource source(String part) throws IOException {
        return WeightSource.open(WeightFolder.find(path.resolve(part), variant));
    }

    private ClipTokenizer tokenizer() throws IOException {
        Path folder = path.resolve("tokenizer");
        ClipTokenizer tokenizer = ClipTokenizer.open(folder);
        Path config = folder.resolve("tokenizer_config.json");
        if (!Files.isRegularFile(config)) {
            return tokenizer;
        }
        JsonNode pad = json(config).path("pad_token");
        String word = pad.isObject() ? pad.path("content").asText() : pad.asText("<|endoftext|>");
        Integer id = PADS.get(word);
        if (id == null) {
            throw new InputException(Words.of(
                    "%s pads texts with '%s'; %s was expected.", config, word, String.join(" or ", PADS.keySet())));
        }
        return tokenizer.withPad(id);
    }

    private static JsonNode json(Path file) throws IOException {
        return parsed(text(file), file);
    }

    private static JsonNode parsed(String text, Path file) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException broken) {
            throw new InputException(
                    Words.of("%s is not JSON: %s. Fetch it again.", file, broken.getOriginalMessage()), broken);
        }
    }

    private static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(Words.of("%s is missing: fetch the whole folder.", file));
        }
        if (Files.size(file) > MOST_TEXT) {
            throw new InputException(Words.of("%s has more than 1 MB; a configuration was expected.", file));
        }
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
