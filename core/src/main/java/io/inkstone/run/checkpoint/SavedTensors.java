package io.inkstone.run.checkpoint;

import io.inkstone.array.NdArray;
import io.inkstone.layers.Layer;
import io.inkstone.tensor.Scope;
import io.inkstone.train.Trainer;
import io.inkstone.weights.LayerState;
import io.inkstone.weights.Safetensors;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * The tensor files of a checkpoint by name. Each is read from the trainer when its turn comes, or all are copied at once, so
 * that they can be written while training goes on.
 */
final class SavedTensors {
    /** Which files say what they are of; the others belong to them. */
    private static final Set<String> DESCRIBED = Set.of(CheckpointFiles.WEIGHTS, CheckpointFiles.EMA);

    private final Map<String, Supplier<Map<String, NdArray>>> files;
    private final Map<String, String> metadata;

    private SavedTensors(Map<String, Supplier<Map<String, NdArray>>> files, Map<String, String> metadata) {
        this.files = files;
        this.metadata = metadata;
    }

    /** Everything that going on needs. */
    static SavedTensors of(Trainer trainer, Map<String, String> metadata) {
        Layer network = trainer.objective().network();
        Map<String, Supplier<Map<String, NdArray>>> files = new LinkedHashMap<>();
        files.put(CheckpointFiles.WEIGHTS, () -> LayerState.of(network));
        trainer.ema().ifPresent(ema -> files.put(CheckpointFiles.EMA, () -> LayerState.of(ema.network())));
        files.put(CheckpointFiles.OPTIMIZER, () -> LayerState.copies(trainer.optimizerState()));
        if (trainer.position().accumulated() > 0) {
            files.put(CheckpointFiles.GRADIENTS, () -> LayerState.copies(gradients(network)));
        }
        return new SavedTensors(files, metadata);
    }

    /** Weights alone: enough to draw with, nothing to go on from. */
    static SavedTensors of(Layer network, Map<String, String> metadata) {
        return new SavedTensors(Map.of(CheckpointFiles.WEIGHTS, () -> LayerState.of(network)), metadata);
    }

    /** The same of weights that no network holds; they keep their type. */
    static SavedTensors of(WeightSet weights, Map<String, String> metadata) {
        return new SavedTensors(Map.of(CheckpointFiles.WEIGHTS, weights::tensors), metadata);
    }

    /** Bytes of a checkpoint of {@code trainer} at its largest: inside of an accumulated step. */
    static long bytes(Trainer trainer) {
        long weights = count(trainer.objective().network().state());
        long average = trainer.ema().isPresent() ? weights : 0;
        long gradients = trainer.plan().accumulate() > 1 ? weights : 0;
        return Float.BYTES * (weights + average + gradients + count(trainer.optimizerState()));
    }

    private static long count(Map<String, Tensor> tensors) {
        return tensors.values().stream().mapToLong(Tensor::numel).sum();
    }

    /** Whether so many bytes can be copied without a squeeze; else they are written one after another. */
    static boolean fitsInHeap(long bytes) {
        Runtime java = Runtime.getRuntime();
        return bytes < (java.maxMemory() - java.totalMemory() + java.freeMemory()) / 2;
    }

    private static Map<String, Tensor> gradients(Layer network) {
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        network.parameters().forEach((name, parameter) -> {
            Tensor gradient = parameter.grad();
            if (gradient.defined()) {
                gradients.put(name, gradient);
            }
        });
        return gradients;
    }

    /** The same as they are now, whatever the trainer does next. */
    SavedTensors copied() {
        Map<String, Supplier<Map<String, NdArray>>> copies = new LinkedHashMap<>();
        try (Scope scope = Scope.open()) {
            files.forEach((name, live) -> {
                Map<String, NdArray> copy = live.get();
                copies.put(name, () -> copy);
            });
        }
        return new SavedTensors(copies, metadata);
    }

    void writeTo(Path folder) throws IOException {
        for (Map.Entry<String, Supplier<Map<String, NdArray>>> file : files.entrySet()) {
            try (Scope scope = Scope.open()) {
                Safetensors.write(
                        folder.resolve(file.getKey()),
                        file.getValue().get(),
                        DESCRIBED.contains(file.getKey()) ? metadata : Map.of());
            }
        }
    }
}
