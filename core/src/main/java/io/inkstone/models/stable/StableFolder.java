package io.inkstone.models.stable;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.models.stable.StableSource.Part;
import io.inkstone.models.stable.StableSource.Stored;
import io.inkstone.tensor.Precision;
import io.inkstone.text.ClipTokenizer;
import io.inkstone.weights.WeightFolder;
import io.inkstone.weights.WeightSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
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
    /** The file that says what a folder is. */
    public static final String INDEX = "model_index.json";

    /** What a folder of the scheduler holds. */
    public static final String SCHEDULER = "scheduler_config.json";

    private static final List<String> PARTS = List.of("tokenizer", "text_encoder", "unet", "vae", "scheduler");

    /** Pipelines whose parts are those of this package; what they do with them is decided by what is asked for. */
    private static final Set<String> KNOWN = Set.of(
            "StableDiffusionPipeline",
            "StableDiffusionImg2ImgPipeline",
            "StableDiffusionInpaintPipeline",
            "StableDiffusionInpaintPipelineLegacy",
            "LatentConsistencyModelPipeline",
            "LatentConsistencyModelImg2ImgPipeline");

    /** Whether this is a folder of some pipeline, known here or not. */
    public static boolean recognises(Path path) {
        return Files.isRegularFile(path.resolve(INDEX));
    }

    /** Looks whether everything is there, before anything is read. */
    public static StableFolder of(Path path, Optional<String> variant) throws IOException {
        if (!recognises(path)) {
            throw new InputException(Words.of("%s is no Stable Diffusion folder: it has no %s.", path, INDEX));
        }
        String pipeline =
                ConfigText.json(path.resolve(INDEX)).path("_class_name").asText("nothing");
        if (!KNOWN.contains(pipeline)) {
            throw new InputException(Words.of(
                    "%s is a %s, which cannot be drawn from yet: Stable Diffusion 1.x and 2.x can (StableDiffusionPipeline), and pictures of a UNet2DModel (DDPMPipeline, DDIMPipeline).",
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
        try (StableSource source = source()) {
            StableModel model = source.model();
            model.settle();
            return new StableDiffusion(model, precision);
        }
    }

    /** The parts where they lie. */
    public StableSource source() throws IOException {
        return source(List.of(Part.values()));
    }

    /** The parts beside the U-Net where they lie, of a folder that may have no more. */
    public static StableSource beside(Path path) throws IOException {
        return new StableFolder(path, Optional.empty()).source(List.of(Part.TEXT_ENCODER, Part.VAE));
    }

    private StableSource source(List<Part> wanted) throws IOException {
        String scheduler = ConfigText.read(path.resolve("scheduler").resolve(SCHEDULER));
        ClipTokenizer tokenizer = ClipTokenizer.open(path.resolve("tokenizer"));
        Map<Part, Stored> weights = new EnumMap<>(Part.class);
        List<String> notes = new ArrayList<>();
        boolean whole = false;
        try {
            for (Part part : wanted) {
                WeightSource source = WeightSource.open(WeightFolder.find(path.resolve(part.folder()), variant));
                weights.put(part, new Stored(source.config().orElseThrow(), source));
                notes.addAll(source.notes());
            }
            whole = true;
            return new StableSource(path.toString(), weights, scheduler, tokenizer, notes);
        } finally {
            if (!whole) {
                for (Stored stored : weights.values()) {
                    stored.source().close();
                }
            }
        }
    }
}
