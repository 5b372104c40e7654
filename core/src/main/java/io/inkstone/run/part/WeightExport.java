package io.inkstone.run.part;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.models.PictureForm;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.Environment;
import io.inkstone.run.SavedRun;
import io.inkstone.weights.LayerState;
import io.inkstone.weights.StrictMatch;
import io.inkstone.weights.WeightFile;
import io.inkstone.weights.WeightSet;
import io.inkstone.weights.layout.AutoencoderWeights;
import io.inkstone.weights.layout.DiffusersFolder;
import io.inkstone.weights.layout.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The weights of a run as other programs read them: without prefix, with the counters of batch normalisation.
 *
 * @param run opened with the weights that are wanted
 * @param layout whose names they get
 */
public record WeightExport(SavedRun run, Layout layout) {
    private static final List<String> FILES = List.of(".safetensors", ".pth", ".pt");
    private static final String VARIANCE = "running_var";
    /** Of every norm of the autoencoder, built into other programs. */
    private static final int COMPVIS_GROUPS = 32;

    /** Refuses layouts that this run's network has none of. */
    public WeightExport {
        if (layout != Layout.INKSTONE
                && !AutoencoderWeights.recognises(
                        WeightSet.of(LayerState.of(run.model().network())))) {
            throw new InputException(Words.of(
                            "Only the autoencoder has other layouts than inkstone; this run trains system '%s': leave the layout out.",
                            run.recipe().system()))
                    .about("layout");
        }
    }

    /**
     * Writes a file by its extension, or a folder that diffusers reads.
     *
     * @return what a person should know, a sentence each
     */
    public List<String> write(Path out) {
        boolean file = FILES.stream().anyMatch(end -> lower(out).endsWith(end));
        if (!file && layout != Layout.DIFFUSERS) {
            throw new InputException(Words.of(
                            "%s: weights are written as .safetensors, .pth or .pt; a folder only in the layout diffusers.",
                            out))
                    .about("layout");
        }
        if (!file && Files.exists(out) && !Files.isDirectory(out)) {
            throw new InputException(
                    Words.of("%s is a file; a diffusers layout is written as a folder or a .safetensors file.", out));
        }
        try {
            return file ? writeFile(out) : writeFolder(out);
        } catch (IOException failure) {
            throw new InputException(Words.of("%s. Choose another place.", failure.getMessage()), failure).about("out");
        }
    }

    private static String lower(Path out) {
        return String.valueOf(out.getFileName()).toLowerCase(Locale.ROOT);
    }

    private List<String> writeFile(Path out) throws IOException {
        WeightSet own = own();
        WeightFile.write(
                out,
                layout == Layout.INKSTONE ? own : AutoencoderWeights.read(own).as(layout));
        boolean odd = layout == Layout.COMPVIS && groups().orElseThrow() != COMPVIS_GROUPS;
        return odd
                ? List.of(Words.of(
                        "The norms of this run have %d groups; code that reads this layout usually has %d built in.",
                        groups().orElseThrow(), COMPVIS_GROUPS))
                : List.of();
    }

    private List<String> writeFolder(Path out) throws IOException {
        PictureForm form = run.model().pictures();
        String scale = run.metadata().get(WeightFile.LATENT_SCALE);
        DiffusersFolder.write(
                out,
                AutoencoderWeights.read(own()),
                new DiffusersFolder.Settings(
                        Math.max(form.size().height(), form.size().width()),
                        scale == null ? 1 : Double.parseDouble(scale),
                        groups().orElseThrow()));
        return scale != null
                ? List.of()
                : List.of("This run has no measured latent scale: config.json says scaling_factor 1.");
    }

    /** Of the norms of an autoencoder, the only network with other layouts. */
    private Optional<Integer> groups() {
        return Optional.ofNullable(run.model().weightMetadata().get(WeightFile.NORM_GROUPS))
                .map(Integer::valueOf);
    }

    private WeightSet own() {
        Map<String, String> metadata = new TreeMap<>(run.metadata());
        metadata.put("recipe", Recipes.print(run.recipe()));
        metadata.put("inkstone", Environment.version());
        metadata.put("format", "pt"); // readers of that family insist on it
        metadata.putAll(run.model().weightMetadata());
        return new WeightSet(counted(LayerState.of(run.model().network())), metadata, List.of());
    }

    /** PyTorch's batch norms also count the batches that they saw. */
    private Map<String, NdArray> counted(Map<String, NdArray> tensors) {
        long steps = run.state().position().step();
        Map<String, NdArray> all = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            all.put(name, tensor);
            if (name.endsWith("." + VARIANCE)) {
                String layer = name.substring(0, name.length() - VARIANCE.length());
                all.put(layer + StrictMatch.OPTIONAL, NdArray.of(new long[] {steps}));
            }
        });
        return all;
    }
}
