package io.inkstone.run.part;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.layers.Initializer;
import io.inkstone.models.Model;
import io.inkstone.models.scheduled.PictureFolder;
import io.inkstone.models.stable.StableFolder;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.SavedRun;
import io.inkstone.run.checkpoint.HeldWeights;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.weights.LayerState;
import io.inkstone.weights.Safetensors;
import io.inkstone.weights.WeightFile;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Folders and files of others that are opened as if they were runs; nothing is written there. */
public final class ForeignRun {
    private ForeignRun() {}

    /** Whether {@code place} is no run, but a pipeline's folder or some file. */
    public static boolean isForeign(Path place) {
        return Files.isRegularFile(place)
                || ((StableFolder.recognises(place) || PictureFolder.recognises(place))
                        && !Files.isRegularFile(new RunDirectory(place).recipeFile()));
    }

    /** Refuses to choose among what a folder or file of others does not have: checkpoints, and weights beside the only ones. */
    public static void requireNoChoice(Path place, Optional<String> checkpoint, SavedRun.Weights weights) {
        if (checkpoint.isPresent() || weights != SavedRun.Weights.EMA) {
            throw new InputException(Words.of(
                            "%s is no run: it has one set of weights and no checkpoints. Leave %s out.",
                            place, checkpoint.isPresent() ? "the checkpoint" : "the choice of weights"))
                    .about(checkpoint.isPresent() ? "checkpoint" : "weights");
        }
    }

    /** Opens what lies there. */
    public static SavedRun open(Path place, ComputeDevice device) {
        return PictureFolder.recognises(place) ? pictures(place, device) : StableRun.open(place, device);
    }

    private static SavedRun pictures(Path place, ComputeDevice device) {
        try {
            if (PictureFolder.of(place).scheduler().isEmpty()) {
                throw new InputException(Words.of(
                        "%s is a network alone, without a scheduler that says how to draw by it: import it (inkstone import), which takes DDPM's table unless diffusion.scheduler says another.",
                        place));
            }
            WeightImport given = PictureImport.of(place, List.of());
            Model model;
            try (Scope scope = Scope.open()) {
                model = given.recipe().build(Initializer.empty());
                LayerState.fill(model.network().state(), given.weights());
            }
            model.network().trainable(false);
            model.network().training(false);
            model.network().moveTo(device);
            model.network().settle();
            return new SavedRun(
                    new RunDirectory(place), given.recipe(), model, held(weightFile(place.toAbsolutePath())));
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", place, failure.getMessage()), failure);
        }
    }

    /** They are in the model already, so they are not read again. */
    static HeldWeights held(Path file) throws IOException {
        Map<String, String> metadata = WeightFile.kind(file) == WeightFile.Kind.SAFETENSORS
                ? Safetensors.header(file).metadata()
                : Map.of();
        return new HeldWeights(file, WeightSet.of(Map.of()), metadata, new HashOnDemand(file), Optional.empty());
    }

    /** What stands for the weights of a folder or file where one file is asked for: the U-Net's, or its first shard. */
    public static Path weightFile(Path place) {
        try {
            return PictureFolder.recognises(place) ? PictureFolder.of(place).weightFile() : StableRun.weightFile(place);
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", place, failure.getMessage()), failure);
        }
    }
}
