package io.inkstone.run.checkpoint;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.MappedFile;
import io.inkstone.array.Sha256;
import io.inkstone.models.Model;
import io.inkstone.tensor.FiniteValues;
import io.inkstone.weights.LayerState;
import io.inkstone.weights.Safetensors;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The weights of a checkpoint and all that is said of them, held from the moment they are opened: training may delete the folder
 * under a reader's hands.
 *
 * @param file where they lay
 * @param tensors read when they are touched
 * @param metadata what the file says about itself
 * @param content tells the file's hash
 * @param state of the checkpoint; empty where the folder has none
 */
public record HeldWeights(
        Path file,
        WeightSet tensors,
        Map<String, String> metadata,
        Supplier<String> content,
        Optional<CheckpointState> state) {
    private static final String OTHERS = "Take another checkpoint, or the other weights.";

    /** A sentence for a file that is not the one that was saved. */
    public static HeldWeights of(Path file) {
        try (MappedFile open = MappedFile.open(file)) {
            Path folder = file.toAbsolutePath().getParent();
            Optional<CheckpointState> state =
                    CheckpointFiles.isMarked(folder) ? Optional.of(StateFile.read(folder)) : Optional.empty();
            String hash = Sha256.of(open);
            String name = file.getFileName().toString();
            if (state.isPresent()
                    && !state.get().files().getOrDefault(name, hash).equals(hash)) {
                throw new InputException(Words.of("%s %s. %s", folder, CheckpointFiles.changed(name), OTHERS))
                        .about("checkpoint", "weights");
            }
            WeightSet tensors = Safetensors.read(open);
            return new HeldWeights(file, tensors, tensors.metadata(), () -> hash, state);
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", file, failure.getMessage()), failure);
        }
    }

    /** SHA-256 of the file, in hexadecimal. */
    public String hash() {
        return content.get();
    }

    /** Gives them to {@code model}; refuses values that are no numbers: all that they draw would be none. */
    public void fill(Model model) {
        LayerState.fill(model.network().state(), tensors);
        requireFinite(model);
    }

    /** Refuses values in {@code model}, filled from these, that are no numbers. */
    public void requireFinite(Model model) {
        FiniteValues.firstOther(model.network().state()).ifPresent(name -> {
            throw new InputException(Words.of("%s holds values that are no numbers (%s). %s", file, name, OTHERS))
                    .about("checkpoint", "weights");
        });
    }

    /**
     * The average in {@code checkpoint} where its run keeps one, else the raw weights; a sentence where it is lost.
     *
     * @param kept whether the run keeps one; asked only where there is none
     */
    public static Path averaged(Path checkpoint, BooleanSupplier kept) {
        Path average = checkpoint.resolve(CheckpointFiles.EMA);
        if (Files.isRegularFile(average)) {
            return average;
        }
        Optional<CheckpointState> state = Checkpoints.readable(checkpoint);
        boolean saved = state.isPresent() && state.get().files().containsKey(CheckpointFiles.EMA);
        boolean old = state.isPresent()
                && state.get().files().isEmpty()
                && Files.isRegularFile(checkpoint.resolve(CheckpointFiles.OPTIMIZER)); // one that training wrote
        if (saved || old && kept.getAsBoolean()) {
            throw new InputException(Words.of(
                            "%s has lost its average (%s). Take its raw weights, or another checkpoint.",
                            checkpoint, CheckpointFiles.EMA))
                    .about("weights=raw", "checkpoint");
        }
        return checkpoint.resolve(CheckpointFiles.WEIGHTS);
    }
}
