package io.inkstone.models.stable;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.diffusion.scheduler.SchedulerConfig;
import io.inkstone.image.Size;
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
import io.inkstone.tensor.ProcessMemory;
import io.inkstone.tensor.Scope;
import io.inkstone.text.ClipTokenizer;
import io.inkstone.weights.LayerState;
import io.inkstone.weights.WeightSource;
import io.inkstone.weights.layout.AutoencoderWeights;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The parts of a Stable Diffusion model where they lie, in a folder or in one file: their configurations, and weights that
 * stay there until a network is filled. Close it when everything is loaded.
 *
 * @param name for messages
 * @param weights of each network that is there
 * @param scheduler the text of {@code scheduler_config.json}
 * @param tokenizer read
 * @param notes sentences about what was chosen and what was left out
 */
public record StableSource(
        String name, Map<Part, Stored> weights, String scheduler, ClipTokenizer tokenizer, List<String> notes)
        implements AutoCloseable {
    /** The networks, by the names of their folders. */
    public enum Part {
        TEXT_ENCODER("model"),
        UNET("diffusion_pytorch_model"),
        VAE("diffusion_pytorch_model");

        private final String file;

        Part(String file) {
            this.file = file;
        }

        /** As folders are named. */
        public String folder() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The weight file in it, as diffusers and transformers write it. */
        public String file() {
            return file + ".safetensors";
        }
    }

    /**
     * A network's weights where they lie.
     *
     * @param config the text of its {@code config.json}
     * @param source under the names of diffusers and transformers
     */
    public record Stored(String config, WeightSource source) {}

    public StableSource {
        weights = Map.copyOf(weights);
        notes = List.copyOf(notes);
    }

    /** Bytes of all weights. */
    public long bytes() {
        return weights.values().stream()
                .mapToLong(each -> each.source().bytes())
                .sum();
    }

    /** {@code asked} with what the configurations say. */
    public StableSettings settings(StableSettings asked) {
        String vae = stored(Part.VAE).config();
        int reduction = ConfigText.json(vae).path("_class_name").asText().equals("AutoencoderTiny")
                ? TinyShape.parse(vae).reduction()
                : PublishedAutoencoder.parse(vae).shape().reduction();
        boolean velocity =
                ConfigText.json(scheduler).path("prediction_type").asText().equals("v_prediction");
        return asked.with(
                ConfigText.plain(unetConfig()),
                reduction,
                velocity ? StableSettings.Answer.V_PREDICTION : StableSettings.Answer.EPSILON);
    }

    /** Refuses what this machine has no memory for, before a weight is read. */
    public void requireRoom() {
        requireRoom(ProcessMemory.availableMegabytes());
    }

    /** @param free megabytes, where they are known */
    void requireRoom(OptionalLong free) {
        long need = bytes() >> 20;
        if (free.isPresent() && need > free.getAsLong()) {
            throw new InputException(Words.of(
                    "The weights of %s need %,d MB of memory, and %,d MB are free on this machine: close other programs, or take a copy whose weights are float16, which needs half of what float32 does.",
                    name, need, free.getAsLong()));
        }
    }

    /** What stands beside the U-Net; weights keep the type that they have in their files. */
    public StableParts parts() throws IOException {
        SchedulerConfig way = SchedulerConfig.parse(scheduler);
        ClipTextEncoder text = null;
        LatentCoder coder = null;
        boolean whole = false;
        try (Scope scope = Scope.open()) {
            text = textEncoder();
            coder = coder();
            StableParts parts = new StableParts(tokenizer, text, coder, way);
            whole = true;
            return parts;
        } finally {
            if (!whole) {
                closeAll(text, coder == null ? null : coder.network());
            }
        }
    }

    /** The whole model; weights keep the type that they have in their files. */
    public StableModel model() throws IOException {
        StableParts parts = null;
        ConditionalUnet unet = null;
        boolean whole = false;
        try (Scope scope = Scope.open()) {
            parts = parts();
            unet = unet();
            StableModel model = model(unet, parts);
            whole = true;
            return model;
        } finally {
            if (!whole) {
                closeAll(unet);
                if (parts != null) {
                    parts.close();
                }
            }
        }
    }

    /** Out of networks that are filled already; it owns both. */
    private static StableModel model(ConditionalUnet unet, StableParts parts) {
        int reduction = parts.coder().reduction();
        StableSettings settings = StableSettings.PUBLISHED.with("auto", reduction, StableSettings.Answer.AUTO);
        StableModel model = new StableModel(
                StableNetworks.all(unet, settings), Size.square(unet.shape().side() * reduction));
        model.attach(parts);
        return model;
    }

    private static void closeAll(Layer... layers) {
        for (Layer layer : layers) {
            if (layer != null) {
                layer.close();
            }
        }
    }

    private Stored stored(Part part) {
        Stored stored = weights.get(part);
        if (stored == null) {
            throw new InputException(Words.of("%s lacks %s, without which nothing can be drawn.", name, part.folder()));
        }
        return stored;
    }

    /** The text of the U-Net's {@code config.json}. */
    public String unetConfig() {
        return stored(Part.UNET).config();
    }

    private ConditionalUnet unet() throws IOException {
        Stored stored = stored(Part.UNET);
        return filled(
                new ConditionalUnet(Initializer.placeholders(), ConditionalConfig.parse(stored.config())),
                stored.source());
    }

    private ClipTextEncoder textEncoder() throws IOException {
        Stored stored = stored(Part.TEXT_ENCODER);
        ClipTextShape shape = ClipTextShape.parse(stored.config());
        return filled(new ClipTextEncoder(Initializer.placeholders(), shape), ClipTextNames.plain(stored.source()));
    }

    private LatentCoder coder() throws IOException {
        Stored stored = stored(Part.VAE);
        if (ConfigText.json(stored.config()).path("_class_name").asText().equals("AutoencoderTiny")) {
            TinyShape shape = TinyShape.parse(stored.config());
            return new LatentCoder.Tiny(
                    filled(new TinyAutoencoder(Initializer.placeholders(), shape), stored.source()));
        }
        PublishedAutoencoder published = PublishedAutoencoder.parse(stored.config());
        WeightSource renamed =
                WeightSource.of(AutoencoderWeights.read(stored.source().set()).weights());
        AutoencoderNetwork network =
                filled(new AutoencoderNetwork(Initializer.placeholders(), published.shape()), renamed);
        return new LatentCoder.Moments(network, published.scale(), published.shift());
    }

    private static <L extends Layer> L filled(L layer, WeightSource source) throws IOException {
        boolean whole = false;
        try {
            LayerState.fill(layer.state(), source, LayerState.Kept.STORED);
            layer.trainable(false);
            layer.training(false);
            whole = true;
            return layer;
        } finally {
            if (!whole) {
                layer.close();
            }
        }
    }

    /** The same drawn from by another scheduler. */
    public StableSource withScheduler(String text) {
        return new StableSource(name, weights, text, tokenizer, notes);
    }

    @Override
    public void close() throws IOException {
        for (Stored stored : weights.values()) {
            stored.source().close();
        }
    }
}
