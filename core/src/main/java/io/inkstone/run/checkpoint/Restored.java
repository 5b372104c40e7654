package io.inkstone.run.checkpoint;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.layers.Layer;
import io.inkstone.tensor.FiniteValues;
import io.inkstone.tensor.Scope;
import io.inkstone.train.Trainer;
import io.inkstone.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The way from a checkpoint back into a trainer. */
public final class Restored {
    private Restored() {}

    /** Puts {@code trainer} where it was when {@code folder} was saved. */
    public static CheckpointState into(Trainer trainer, Path folder) {
        CheckpointState state = StateFile.read(folder);
        if (!Files.exists(folder.resolve(CheckpointFiles.OPTIMIZER))) {
            throw new InputException(Words.of(
                            "%s holds imported weights and no state of an optimizer, so there is nothing to go on from. Train a new run from them.",
                            folder))
                    .about("from=" + folder.getParent().getParent());
        }
        try (Scope scope = Scope.open()) {
            Layer network = trainer.objective().network();
            Checkpoints.fill(network.state(), folder.resolve(CheckpointFiles.WEIGHTS));
            requireFinite(network, folder, CheckpointFiles.WEIGHTS);
            trainer.ema().ifPresent(ema -> {
                Checkpoints.fill(ema.network().state(), folder.resolve(CheckpointFiles.EMA));
                requireFinite(ema.network(), folder, CheckpointFiles.EMA);
            });
            Checkpoints.fill(trainer.optimizerState(), folder.resolve(CheckpointFiles.OPTIMIZER));
            if (state.position().accumulated() > 0) {
                gradients(network, folder.resolve(CheckpointFiles.GRADIENTS));
            }
        }
        trainer.resumeAt(state.position(), state.losses());
        return state;
    }

    private static void requireFinite(Layer network, Path folder, String file) {
        FiniteValues.firstOther(network.state()).ifPresent(name -> {
            throw new InputException(Words.of(
                            "%s holds values that are no numbers (%s), so nothing can be learned from it. Go back to an earlier one.",
                            folder.resolve(file), name))
                    .about("checkpoint");
        });
    }

    /** A parameter that took no part has no gradient, then as now. */
    private static void gradients(Layer network, Path file) {
        Map<String, Tensor> blank = new LinkedHashMap<>();
        for (String name : names(file)) {
            Tensor parameter = network.parameters().get(name);
            if (parameter != null) {
                Tensor gradient = torch.zeros_like(parameter);
                parameter.mutable_grad().put(gradient);
                blank.put(name, gradient);
            }
        }
        Checkpoints.fill(blank, file);
    }

    private static Iterable<String> names(Path file) {
        try {
            return WeightFile.read(file).tensors().keySet();
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", file, failure.getMessage()), failure);
        }
    }
}
