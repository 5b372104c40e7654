package io.inkstone.run.part;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.AtomicFile;
import io.inkstone.diffusion.scheduler.SchedulerKind;
import io.inkstone.models.scheduled.PictureFolder;
import io.inkstone.models.scheduled.ScheduledModel;
import io.inkstone.models.scheduled.ScheduledSettings;
import io.inkstone.models.stable.ConfigText;
import io.inkstone.models.stable.StableFolder;
import io.inkstone.models.stable.StableSource;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.SavedRun;
import io.inkstone.weights.LayerState;
import io.inkstone.weights.Safetensors;
import io.inkstone.weights.layout.Layout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A run of diffusion along a scheduler as the folder of {@code DDPMPipeline} or {@code DDIMPipeline}.
 *
 * @param run opened with the weights that are wanted
 */
public record PictureExport(SavedRun run) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Whether this run has such a folder. */
    public static boolean fits(SavedRun run, Layout layout) {
        return run.model() instanceof ScheduledModel && layout == Layout.DIFFUSERS;
    }

    /**
     * Writes the folder, which must be new or empty.
     *
     * @return what a person should know, a sentence each
     */
    public List<String> write(Path out) {
        RunDirectory.requireFree(out);
        ScheduledSettings settings = (ScheduledSettings) run.recipe().settings();
        SchedulerKind kind = ((ScheduledModel) run.model()).scheduler().kind();
        Path unet = out.resolve(PictureFolder.UNET);
        try {
            Files.createDirectories(unet);
            Safetensors.write(
                    unet.resolve(StableSource.Part.UNET.file()),
                    LayerState.of(run.model().network()),
                    Map.of("format", "pt"));
            write(unet.resolve("config.json"), network(settings.model().unet()));
            write(out.resolve(PictureFolder.SCHEDULER).resolve(StableFolder.SCHEDULER), (ObjectNode)
                    ConfigText.json(settings.diffusion().scheduler()));
            write(out.resolve(StableFolder.INDEX), index(kind));
        } catch (IOException failure) {
            throw new InputException(failure.getMessage() + ". Choose another place.", failure);
        }
        return kind == SchedulerKind.DDIM || kind == SchedulerKind.DDPM
                ? List.of()
                : List.of(Words.of(
                        "The pipelines of diffusers draw such networks by DDPMScheduler and DDIMScheduler alone; this run's is %s, which there has to be called by hand.",
                        kind.className()));
    }

    private static ObjectNode network(String config) {
        ObjectNode named = JSON.createObjectNode().put(PictureFolder.CLASS, PictureFolder.NETWORK);
        return named.setAll((ObjectNode) ConfigText.json(config));
    }

    private static ObjectNode index(SchedulerKind kind) {
        ObjectNode index = JSON.createObjectNode()
                .put(PictureFolder.CLASS, kind == SchedulerKind.DDIM ? "DDIMPipeline" : "DDPMPipeline");
        index.putArray(PictureFolder.SCHEDULER).add("diffusers").add(kind.className());
        index.putArray(PictureFolder.UNET).add("diffusers").add(PictureFolder.NETWORK);
        return index;
    }

    private static void write(Path file, ObjectNode json) throws IOException {
        Files.createDirectories(file.getParent());
        byte[] text = (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(text));
    }
}
