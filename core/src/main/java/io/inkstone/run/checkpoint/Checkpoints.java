package io.inkstone.run.checkpoint;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.AtomicFile;
import io.inkstone.layers.Layer;
import io.inkstone.run.RunDirectory;
import io.inkstone.tensor.Scope;
import io.inkstone.train.Position;
import io.inkstone.train.Trainer;
import io.inkstone.weights.LayerState;
import io.inkstone.weights.Safetensors;
import io.inkstone.weights.WeightFile;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The checkpoints of a run: folders {@code step-000500} and the text files {@code latest} and {@code best} that name one.
 * A folder is written under another name and then moved, so that each is whole at every instant.
 */
public final class Checkpoints {
    public static final String WEIGHTS = "weights.safetensors";
    public static final String EMA = "ema.safetensors";
    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String GRADIENTS = "gradients.safetensors";

    private final RunDirectory run;

    public Checkpoints(RunDirectory run) {
        this.run = run;
    }

    /** The newest whole checkpoint, if there is one. */
    public Optional<Path> latest() {
        return named("latest");
    }

    public Optional<Path> best() {
        return named("best");
    }

    private Optional<Path> named(String pointer) {
        Path file = run.checkpoints().resolve(pointer);
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            Path folder = run.checkpoints().resolve(Files.readString(file).strip());
            return Files.isRegularFile(folder.resolve(StateFile.NAME)) ? Optional.of(folder) : Optional.empty();
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", file, failure.getMessage()), failure);
        }
    }

    /** Bytes of one checkpoint of {@code trainer}. */
    static long bytes(Trainer trainer) {
        long weights = count(trainer.objective().network().state());
        long average = trainer.ema().isPresent() ? weights : 0;
        long gradients = trainer.plan().accumulate() > 1 ? weights : 0;
        return 4 * (weights + average + gradients + count(trainer.optimizerState()));
    }

    private static long count(Map<String, Tensor> tensors) {
        return tensors.values().stream().mapToLong(Tensor::numel).sum();
    }

    /** Saves everything that going on needs; returns the folder. Saving the same position twice writes once. */
    Path save(Trainer trainer, CheckpointState state, Map<String, String> metadata) throws IOException {
        return save(state, folder -> write(folder, trainer, state, metadata));
    }

    /** Saves weights that no trainer of ours made, as step 0: enough to draw with, nothing to go on from. */
    public void saveAlone(Layer network, CheckpointState state, Map<String, String> metadata) throws IOException {
        save(state, folder -> Safetensors.write(folder.resolve(WEIGHTS), LayerState.of(network), metadata));
    }

    /** What a checkpoint holds beside its state. */
    private interface Content {
        void writeTo(Path folder) throws IOException;
    }

    private Path save(CheckpointState state, Content content) throws IOException {
        Path folder = run.checkpoints().resolve(name(state.position()));
        if (!Files.exists(folder)) {
            Path temporary = run.checkpoints().resolve("." + folder.getFileName() + ".tmp");
            delete(temporary);
            try {
                Files.createDirectories(temporary);
                content.writeTo(temporary);
                StateFile.write(state, temporary);
                Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                delete(temporary);
            }
        }
        point("latest", folder);
        return folder;
    }

    /** Writes {@code state} over that of the checkpoint of the same position, if there is one. */
    void renew(CheckpointState state) throws IOException {
        Path folder = run.checkpoints().resolve(name(state.position()));
        if (Files.exists(folder)) {
            StateFile.write(state, folder);
        }
    }

    private static String name(Position position) {
        String step = RunDirectory.step(position.step());
        return position.accumulated() == 0 ? step : step + "+" + position.accumulated();
    }

    private void write(Path folder, Trainer trainer, CheckpointState state, Map<String, String> metadata)
            throws IOException {
        try (Scope scope = Scope.open()) {
            Layer network = trainer.objective().network();
            Safetensors.write(folder.resolve(WEIGHTS), LayerState.of(network), metadata);
            if (trainer.ema().isPresent()) {
                Layer average = trainer.ema().get().network();
                Safetensors.write(folder.resolve(EMA), LayerState.of(average), metadata);
            }
            Safetensors.write(folder.resolve(OPTIMIZER), LayerState.copies(trainer.optimizerState()), Map.of());
            if (state.position().accumulated() > 0) {
                Safetensors.write(folder.resolve(GRADIENTS), LayerState.copies(gradients(network)), Map.of());
            }
        }
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

    /** Makes {@code best} name {@code folder}. */
    public void markBest(Path folder) throws IOException {
        point("best", folder);
    }

    private void point(String pointer, Path folder) throws IOException {
        byte[] name = (folder.getFileName() + "\n").getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(run.checkpoints().resolve(pointer), out -> out.write(name));
    }

    /** Deletes the oldest beyond {@code keep}; 0 keeps all. The best and the latest stay. */
    void prune(int keep) throws IOException {
        if (keep == 0) {
            return;
        }
        List<Path> all;
        try (Stream<Path> entries = Files.list(run.checkpoints())) {
            all = entries.filter(path -> path.getFileName().toString().startsWith("step-")
                            && Files.isRegularFile(path.resolve(StateFile.NAME)))
                    .sorted(Comparator.comparing(path -> state(path).position().batches(), Comparator.reverseOrder()))
                    .toList();
        }
        for (Path old : all.subList(Math.min(keep, all.size()), all.size())) {
            if (!Optional.of(old).equals(best()) && !Optional.of(old).equals(latest())) {
                delete(old);
            }
        }
    }

    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path path : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    public static CheckpointState state(Path folder) {
        return StateFile.read(folder);
    }

    /** Puts {@code trainer} where it was when {@code folder} was saved. */
    public static CheckpointState restore(Path folder, Trainer trainer) {
        CheckpointState state = state(folder);
        if (!Files.exists(folder.resolve(OPTIMIZER))) {
            throw new InputException(Words.of(
                    "%s holds imported weights and no state of an optimizer, so there is nothing to go on from. Train from them: inkstone train RECIPE --from %s.",
                    folder, folder.getParent().getParent()));
        }
        try (Scope scope = Scope.open()) {
            fill(trainer.objective().network().state(), folder.resolve(WEIGHTS));
            trainer.ema().ifPresent(ema -> fill(ema.network().state(), folder.resolve(EMA)));
            fill(trainer.optimizerState(), folder.resolve(OPTIMIZER));
            if (state.position().accumulated() > 0) {
                restoreGradients(trainer.objective().network(), folder.resolve(GRADIENTS));
            }
        }
        trainer.resumeAt(state.position(), state.losses());
        return state;
    }

    public static void fill(Map<String, Tensor> tensors, Path file) {
        LayerState.fill(tensors, read(file));
    }

    /** A parameter that took no part has no gradient, then as now. */
    private static void restoreGradients(Layer network, Path file) {
        Map<String, Tensor> blank = new LinkedHashMap<>();
        for (String name : read(file).tensors().keySet()) {
            Tensor parameter = network.parameters().get(name);
            if (parameter != null) {
                Tensor gradient = torch.zeros_like(parameter);
                parameter.mutable_grad().put(gradient);
                blank.put(name, gradient);
            }
        }
        fill(blank, file);
    }

    private static WeightSet read(Path file) {
        try {
            return WeightFile.read(file);
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", file, failure.getMessage()), failure);
        }
    }
}
