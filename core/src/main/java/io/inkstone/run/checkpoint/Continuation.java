package io.inkstone.run.checkpoint;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a run goes on.
 *
 * @param folder of a sound checkpoint
 * @param warnings sentences: why it is another than the one that was saved last
 */
public record Continuation(Path folder, List<String> warnings) {
    /** From the one that {@code latest} names; where that is lost or damaged, from the furthest sound one. */
    public static Continuation of(RunDirectory run) {
        Checkpoints checkpoints = new Checkpoints(run);
        List<Path> all = checkpoints.folders();
        if (all.isEmpty()) {
            throw new InputException(Words.of(
                            "%s has no checkpoint to go on from. Start it anew, there or in another place.",
                            run.root()))
                    .about("out", "continue");
        }
        Optional<Path> named = checkpoints.latestNamed();
        Optional<String> fault =
                named.map(CheckpointFiles::fault).orElse(Optional.of("names no checkpoint: it is missing or empty"));
        if (fault.isEmpty()) {
            return new Continuation(named.orElseThrow(), List.of());
        }
        Path seen = named.orElse(run.checkpoints().resolve("latest"));
        return all.stream()
                .filter(folder -> !folder.equals(seen))
                .filter(folder -> CheckpointFiles.fault(folder).isEmpty())
                .findFirst()
                .map(sound -> new Continuation(
                        sound, List.of(Words.of("%s %s. Going on from %s.", seen, fault.get(), sound.getFileName()))))
                .orElseThrow(() -> new InputException(Words.of(
                                "Nothing in %s can be gone on from: %s. Put a whole checkpoint there, or begin another run.",
                                run.checkpoints(), faults(all)))
                        .about("out"));
    }

    /** From the one of that name; a sentence with the names there are. */
    public static Continuation of(RunDirectory run, String name) {
        Path folder = named(run, name);
        CheckpointFiles.fault(folder).ifPresent(fault -> {
            throw new InputException(Words.of("%s %s. Choose another: %s.", folder, fault, names(run)));
        });
        return new Continuation(folder, List.of());
    }

    /** Makes {@code latest} name it again, where that was lost. */
    public void mend(RunDirectory run) throws IOException {
        if (!warnings.isEmpty()) {
            new Checkpoints(run).markLatest(folder);
        }
    }

    /** The folder of that name, whole or not. */
    public static Path named(RunDirectory run, String name) {
        return new Checkpoints(run)
                .folders().stream()
                        .filter(folder -> folder.getFileName().toString().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new InputException(
                                Words.of("%s has no checkpoint '%s'. It has: %s.", run.root(), name, names(run))));
    }

    private static String names(RunDirectory run) {
        List<Path> all = new Checkpoints(run).folders();
        return all.isEmpty()
                ? "none"
                : all.stream().map(folder -> folder.getFileName().toString()).collect(Collectors.joining(", "));
    }

    private static String faults(List<Path> folders) {
        return folders.stream()
                .map(folder -> Words.of(
                        "%s %s",
                        folder.getFileName(), CheckpointFiles.fault(folder).orElse("was put there just now")))
                .collect(Collectors.joining("; "));
    }
}
