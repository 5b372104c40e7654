package io.inkstone.run.checkpoint;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.AtomicFile;
import io.inkstone.array.FileSteps;
import io.inkstone.layers.Layer;
import io.inkstone.run.RunDirectory;
import io.inkstone.train.Position;
import io.inkstone.weights.LayerState;
import io.inkstone.weights.WeightFile;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * The checkpoints of a run: folders {@code step-000500} and the text files {@code latest} and {@code best} that name one.
 * A folder is written under another name, with its {@code state.json} as the last file, and then moved, so that each is whole at
 * every instant; one without that mark is never chosen.
 */
public final class Checkpoints {
    public static final String WEIGHTS = CheckpointFiles.WEIGHTS;
    public static final String EMA = CheckpointFiles.EMA;

    private static final String PREFIX = "step-";
    private static final String LATEST = "latest";
    private static final String BEST = "best";
    private static final String SOUND = "sound";

    private final RunDirectory run;
    /** Those that need not be written again: others at the same position may be of another past. */
    private final Set<Path> ours = new HashSet<>();

    public Checkpoints(RunDirectory run) {
        this.run = run;
    }

    /** The newest whole checkpoint: the one that {@code latest} names; if that is lost, the one that is furthest. */
    public Optional<Path> latest() {
        return named(LATEST).or(() -> marked().stream().findFirst());
    }

    public Optional<Path> best() {
        return named(BEST);
    }

    /** What {@code latest} says, whether it is there or not. */
    Optional<Path> latestNamed() {
        return text(LATEST).map(run.checkpoints()::resolve);
    }

    private Optional<Path> named(String pointer) {
        return text(pointer).map(run.checkpoints()::resolve).filter(CheckpointFiles::isMarked);
    }

    private Optional<String> text(String pointer) {
        Path file = run.checkpoints().resolve(pointer);
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(Files.readString(file).strip()).filter(name -> name.startsWith(PREFIX))
                    : Optional.empty();
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", file, failure.getMessage()), failure);
        }
    }

    /** Every folder of a step, whole or not, in the order of their names, the furthest first. */
    public List<Path> folders() {
        if (!Files.isDirectory(run.checkpoints())) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(run.checkpoints())) {
            return entries.filter(path -> path.getFileName().toString().startsWith(PREFIX))
                    .filter(Files::isDirectory)
                    .sorted(Comparator.comparing((Path path) -> steps(path)).reversed())
                    .toList();
        } catch (IOException failure) {
            throw new InputException(
                    Words.of("%s cannot be read: %s", run.checkpoints(), failure.getMessage()), failure);
        }
    }

    private List<Path> marked() {
        return folders().stream().filter(CheckpointFiles::isMarked).toList();
    }

    /** Steps, and batches of an open one as its fraction; −1 for a name that is none of ours. */
    static double steps(Path folder) {
        String[] parts =
                folder.getFileName().toString().substring(PREFIX.length()).split("\\+", 2);
        try {
            return Long.parseLong(parts[0]) + (parts.length > 1 ? 1 - 1.0 / (1 + Long.parseLong(parts[1])) : 0);
        } catch (NumberFormatException foreign) {
            return -1;
        }
    }

    /** Saves what no trainer of ours made, as step 0: enough to draw with, nothing to go on from. */
    public void saveAlone(Layer network, CheckpointState state, Map<String, String> metadata) throws IOException {
        save(state, SavedTensors.of(network, metadata));
    }

    /** The same of weights that no network holds; they keep their type. */
    public void saveAlone(WeightSet weights, CheckpointState state, Map<String, String> metadata) throws IOException {
        save(state, SavedTensors.of(weights, metadata));
    }

    /** Returns the folder. Saving the same position twice in a session writes once; a folder of another past is replaced. */
    Path save(CheckpointState state, SavedTensors tensors) throws IOException {
        Path folder = folder(state.position());
        if (ours.contains(folder) && CheckpointFiles.isMarked(folder)) {
            renew(state);
        } else {
            Path temporary = beside(folder, "new");
            FileSteps.deleteAll(temporary);
            try {
                Files.createDirectories(temporary);
                tensors.writeTo(temporary);
                StateFile.write(state.withFiles(CheckpointFiles.hashes(temporary)), temporary);
                remove(folder);
                FileSteps.move(temporary, folder);
                FileSteps.flush(run.checkpoints());
            } finally {
                FileSteps.deleteAll(temporary);
            }
            ours.add(folder);
        }
        point(LATEST, folder);
        return folder;
    }

    /** Trusts the folder of {@code position}: training goes on from it. */
    void goOnFrom(Position position) {
        ours.add(folder(position));
    }

    /** Writes {@code state} over that of the checkpoint of the same position, if there is one. */
    void renew(CheckpointState state) throws IOException {
        Path folder = folder(state.position());
        if (CheckpointFiles.isMarked(folder)) {
            StateFile.write(state.withFiles(StateFile.read(folder).files()), folder);
        }
    }

    private Path folder(Position position) {
        String step = RunDirectory.step(position.step());
        return run.checkpoints().resolve(position.accumulated() == 0 ? step : step + "+" + position.accumulated());
    }

    private static Path beside(Path folder, String what) {
        return folder.resolveSibling("." + folder.getFileName() + "." + what + ".tmp");
    }

    /** Takes the name away first: what a kill leaves half deleted is no checkpoint any more. */
    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            Path old = beside(folder, "old");
            FileSteps.deleteAll(old);
            FileSteps.move(folder, old);
            FileSteps.deleteAll(old);
        }
    }

    /** Makes {@code best} name {@code folder}. */
    public void markBest(Path folder) throws IOException {
        point(BEST, folder);
    }

    /** Makes {@code sound} name {@code folder}: it stays, whatever comes. */
    void markSound(Path folder) throws IOException {
        point(SOUND, folder);
    }

    /** The furthest one that is no further than {@code step} and can be read. */
    Optional<Path> upTo(long step) {
        return marked().stream()
                .filter(folder -> steps(folder) <= step && readable(folder).isPresent())
                .findFirst();
    }

    void markLatest(Path folder) throws IOException {
        point(LATEST, folder);
    }

    private void point(String pointer, Path folder) throws IOException {
        byte[] name = (folder.getFileName() + "\n").getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(run.checkpoints().resolve(pointer), out -> out.write(name));
    }

    /**
     * Deletes the oldest beyond {@code keep}, 0 keeps all; and those that were saved by time, as soon as a newer one is there.
     * The best and the latest stay, one from before something went wrong, and those that cannot be read.
     *
     * @param batches done so far: what lies further on is of another past, and counts for nothing
     * @param sound the last step at which nothing was the matter
     */
    void prune(int keep, long batches, long sound) throws IOException {
        int kept = 0;
        Set<Path> staying = new HashSet<>();
        List.of(best(), latest(), named(SOUND), upTo(sound)).forEach(folder -> folder.ifPresent(staying::add));
        for (Path folder : marked()) {
            Optional<CheckpointState> state = readable(folder);
            if (state.isEmpty() || state.get().position().batches() > batches) {
                continue;
            }
            boolean spare = state.get().passing() || keep > 0 && kept >= keep;
            if (!state.get().passing()) {
                kept++;
            }
            if (spare && !staying.contains(folder)) {
                remove(folder);
            }
        }
    }

    /** Its state; nothing where that cannot be read. */
    static Optional<CheckpointState> readable(Path folder) {
        try {
            return Optional.of(StateFile.read(folder));
        } catch (InputException unreadable) {
            return Optional.empty();
        }
    }

    public static void delete(Path folder) throws IOException {
        FileSteps.deleteAll(folder);
    }

    public static CheckpointState state(Path folder) {
        return StateFile.read(folder);
    }

    public static void fill(Map<String, Tensor> tensors, Path file) {
        try {
            LayerState.fill(tensors, WeightFile.read(file));
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", file, failure.getMessage()), failure);
        }
    }
}
