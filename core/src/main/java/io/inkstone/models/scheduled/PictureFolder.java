package io.inkstone.models.scheduled;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.models.conditional.UnconditionalConfig;
import io.inkstone.models.stable.ConfigText;
import io.inkstone.models.stable.StableFolder;
import io.inkstone.weights.WeightFile;
import io.inkstone.weights.WeightFolder;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder of {@code DDPMPipeline} or {@code DDIMPipeline} as diffusers writes it ({@code model_index.json}, {@code unet} and
 * {@code scheduler}), the same without its index, or the folder of a {@code UNet2DModel} alone.
 *
 * @param path of the folder
 * @param network the folder of the network
 * @param unet the text of its {@code config.json}
 * @param scheduler the text of {@code scheduler_config.json}, as the pipeline takes it; empty for a network alone
 */
public record PictureFolder(Path path, Path network, String unet, Optional<String> scheduler) {
    /** What the network is called. */
    public static final String NETWORK = "UNet2DModel";

    /** The folder of the network in that of a pipeline. */
    public static final String UNET = "unet";

    /** The folder of the scheduler. */
    public static final String SCHEDULER = "scheduler";

    /** What a pipeline, a network and a scheduler are called in their configurations. */
    public static final String CLASS = "_class_name";

    private static final String CONFIG = "config.json";
    private static final String DDIM_PIPELINE = "DDIMPipeline";
    private static final Set<String> PIPELINES = Set.of("DDPMPipeline", DDIM_PIPELINE);

    /** Attention as diffusers named it until the end of 2022. */
    private static final Pattern EARLIER =
            Pattern.compile("(.*\\battentions\\.\\d+\\.)(query|key|value|proj_attn)(\\.(?:weight|bias))");

    private static final Map<String, String> TODAY =
            Map.of("query", "to_q", "key", "to_k", "value", "to_v", "proj_attn", "to_out.0");

    /** Whether a folder is such a one. */
    public static boolean recognises(Path path) {
        Path index = path.resolve(StableFolder.INDEX);
        if (Files.isRegularFile(index)) {
            return PIPELINES.contains(name(index));
        }
        return NETWORK.equals(name(path.resolve(UNET).resolve(CONFIG))) || NETWORK.equals(name(path.resolve(CONFIG)));
    }

    /** What a configuration says it is of; nothing where it is none. */
    private static String name(Path config) {
        try {
            return Files.isRegularFile(config)
                    ? ConfigText.json(config).path(CLASS).asText()
                    : "";
        } catch (IOException | InputException unreadable) {
            return "";
        }
    }

    /** Reads the configurations; what cannot be computed here is refused by them, before a weight is read. */
    public static PictureFolder of(Path path) throws IOException {
        boolean alone = !Files.isDirectory(path.resolve(UNET));
        Path network = alone ? path : path.resolve(UNET);
        String unet = plain(ConfigText.json(network.resolve(CONFIG)));
        return new PictureFolder(path, network, unet, alone ? Optional.empty() : Optional.of(scheduler(path)));
    }

    /**
     * The pipeline's index says which class reads the scheduler's config, and a DDIMPipeline makes a DDIMScheduler of any; a
     * folder without an index is taken at its config's word.
     */
    private static String scheduler(Path path) throws IOException {
        JsonNode config = ConfigText.json(path.resolve(SCHEDULER).resolve(StableFolder.SCHEDULER));
        Path index = path.resolve(StableFolder.INDEX);
        if (!Files.isRegularFile(index) || !(config instanceof ObjectNode object)) {
            return plain(config);
        }
        JsonNode pipeline = ConfigText.json(index);
        String reader =
                pipeline.path(SCHEDULER).path(1).asText(object.path(CLASS).asText());
        boolean ddim = pipeline.path(CLASS).asText().equals(DDIM_PIPELINE);
        return plain(object.put(CLASS, ddim ? "DDIMScheduler" : reader));
    }

    /** In one line, without what programs note for themselves; null stays, since it may say something. */
    private static String plain(JsonNode config) {
        if (config instanceof ObjectNode object) {
            List<String> notes = new ArrayList<>();
            object.fieldNames().forEachRemaining(field -> {
                if (field.startsWith("_") && !field.equals(CLASS)) {
                    notes.add(field);
                }
            });
            object.remove(notes);
        }
        return config.toString();
    }

    /** {@code asked} with what the folder says. */
    public ScheduledSettings settings(ScheduledSettings asked) {
        return asked.with(unet, scheduler.orElseGet(() -> asked.diffusion().scheduler()));
    }

    /** Of the network. */
    public UnconditionalConfig config() {
        return UnconditionalConfig.parse(unet);
    }

    /** What stands for the weights where one file is asked for: theirs, or their first shard. */
    public Path weightFile() throws IOException {
        return WeightFolder.find(network).files().get(0);
    }

    /** The weights, under the names of today. */
    public WeightSet weights() throws IOException {
        WeightSet all = WeightFile.read(network);
        Map<String, NdArray> named = new LinkedHashMap<>();
        all.tensors().forEach((name, tensor) -> named.put(today(name), tensor));
        List<String> notes = new ArrayList<>(all.notes());
        if (scheduler.isEmpty()) {
            notes.add(
                    "The folder is a network without a scheduler: DDPM's table of the recipe is taken (diffusion.scheduler), which must be the one that it was trained by.");
        }
        return new WeightSet(named, all.metadata(), notes);
    }

    private static String today(String name) {
        Matcher earlier = EARLIER.matcher(name);
        return earlier.matches() ? earlier.group(1) + TODAY.get(earlier.group(2)) + earlier.group(3) : name;
    }
}
