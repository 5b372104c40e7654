package io.inkstone.run.part;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.layers.KernelChoices;
import io.inkstone.models.DataForm;
import io.inkstone.models.conditional.ConditionalShape;
import io.inkstone.models.stable.ConfigText;
import io.inkstone.models.stable.StableFamily;
import io.inkstone.models.stable.StableSaving;
import io.inkstone.models.stable.StableSettings;
import io.inkstone.models.stable.StableSource;
import io.inkstone.models.stable.StableSource.Part;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.Environment;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.SavedRun;
import io.inkstone.run.checkpoint.CheckpointState;
import io.inkstone.run.checkpoint.Checkpoints;
import io.inkstone.run.checkpoint.DiskSpace;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.train.LossState;
import io.inkstone.train.Position;
import io.inkstone.weights.NamePrefixes;
import io.inkstone.weights.layout.StableDiffusionFile.Prediction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch;

/**
 * A folder or a file of Stable Diffusion that becomes a run, with all of its parts; weights keep their type.
 *
 * @param source where everything lies, open
 * @param recipe with the sizes of the model
 */
public record StableImport(StableSource source, Recipe recipe) implements AutoCloseable {
    /** The recipe that ships. */
    static Recipe shipped() {
        return Recipes.load(StableFamily.NAME, List.of());
    }

    /** What a recipe says of the U-Net's output, if anything. */
    static Optional<Prediction> said(StableSettings settings) {
        return switch (settings.model().prediction()) {
            case AUTO -> Optional.empty();
            case EPSILON -> Optional.of(Prediction.EPSILON);
            case V_PREDICTION -> Optional.of(Prediction.V);
        };
    }

    /**
     * Opens what is there and fits the recipe to it; no weight is read.
     *
     * @param asked as it was named
     * @param which of the U-Nets of a single file
     */
    public static StableImport of(Path path, Recipe asked, NamePrefixes.Which which) {
        if (!(asked.settings() instanceof StableSettings settings)) {
            throw new InputException(Words.of(
                            "%s is a model of Stable Diffusion: import it by the recipe %s.", path, StableFamily.NAME))
                    .about("recipe=" + StableFamily.NAME);
        }
        StableSource source = null;
        boolean whole = false;
        try {
            source = predicting(
                    StableRun.source(path, settings, which), settings.model().prediction());
            StableSettings known = source.settings(settings);
            ConditionalShape shape = known.model().shape();
            int side = shape.side() * known.model().reduction();
            DataForm form =
                    new DataForm(3, asked.data().size().size().orElse(io.inkstone.image.Size.square(side)), List.of());
            whole = true;
            return new StableImport(source, asked.with(asked.data().withForm(form), known));
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", path, failure.getMessage()), failure);
        } finally {
            if (!whole && source != null) {
                closeQuietly(source);
            }
        }
    }

    private static void closeQuietly(StableSource source) {
        try {
            source.close();
        } catch (IOException failed) {
            // what went wrong before is said
        }
    }

    /** Somebody may know better than a scheduler's config what the U-Net answers. */
    private static StableSource predicting(StableSource source, StableSettings.Answer said) {
        if (said == StableSettings.Answer.AUTO) {
            return source;
        }
        ObjectNode config = (ObjectNode) ConfigText.json(source.scheduler());
        return source.withScheduler(config.put("prediction_type", said.word()).toPrettyString());
    }

    /**
     * Makes a run directory with the U-Net as step 0 and everything else as its parts; a failure leaves none.
     *
     * @param out must not exist yet, or be an empty folder
     * @param name where it comes from, for people
     */
    public RunDirectory save(Path out, String name, ComputeDevice device) {
        return NewRun.make(out, recipe, device, run -> {
            DiskSpace.require(run.root(), source.bytes(), "The run needs");
            StableSaving.saveParts(source, run.root().resolve(Parts.FOLDER));
            parts(run.root()).write(run.root());
            new Checkpoints(run)
                    .saveAlone(
                            source.weights().get(Part.UNET).source().set(),
                            state(device),
                            NewRun.metadata(recipe, name));
        });
    }

    private Parts parts(Path root) {
        List<Parts.Part> all = new ArrayList<>();
        for (Part part : List.of(Part.TEXT_ENCODER, Part.VAE)) {
            Path file = Path.of(Parts.FOLDER, part.folder(), part.file());
            String config = source.weights().get(part).config();
            String kind = part == Part.TEXT_ENCODER
                    ? "CLIPTextModel"
                    : ConfigText.json(config).path("_class_name").asText("AutoencoderKL");
            all.add(new Parts.Part(part.folder(), kind, file.toString(), SavedRun.hash(root.resolve(file))));
        }
        return new Parts(all);
    }

    private CheckpointState state(ComputeDevice device) {
        return new CheckpointState(
                CheckpointState.FORMAT,
                Position.START,
                LossState.START,
                Environment.here(device, recipe.train().precision()).precision(),
                torch.get_num_threads(),
                KernelChoices.current());
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
