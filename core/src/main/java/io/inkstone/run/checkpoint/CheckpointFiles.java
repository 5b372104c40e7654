package io.inkstone.run.checkpoint;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.Sha256;
import io.inkstone.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of one checkpoint folder, and whether they are those that were saved. */
public final class CheckpointFiles {
    public static final String WEIGHTS = "weights.safetensors";
    public static final String EMA = "ema.safetensors";
    static final String OPTIMIZER = "optimizer.safetensors";
    static final String GRADIENTS = "gradients.safetensors";

    private CheckpointFiles() {}

    /** Whether the mark is there: what was left before it was set is no checkpoint. */
    static boolean isMarked(Path folder) {
        return Files.isRegularFile(folder.resolve(StateFile.NAME));
    }

    /** SHA-256 of everything in {@code folder} but its mark. */
    static Map<String, String> hashes(Path folder) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> !path.endsWith(StateFile.NAME)).toList()) {
                hashes.put(file.getFileName().toString(), Sha256.of(file));
            }
        }
        return hashes;
    }

    /** Why nothing can go on from {@code folder}, in half a sentence; reads all of it. Empty for one that is sound. */
    static Optional<String> fault(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.of("is gone");
        }
        if (!isMarked(folder)) {
            return Optional.of("has no state.json: it was not saved to its end, or is half deleted");
        }
        try {
            return fault(folder, StateFile.read(folder));
        } catch (InputException unreadable) {
            return Optional.of("has a state.json that cannot be read");
        } catch (IOException failure) {
            return Optional.of("cannot be read: " + failure.getMessage());
        }
    }

    private static Optional<String> fault(Path folder, CheckpointState state) throws IOException {
        for (Map.Entry<String, String> file : state.files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            if (!Files.isRegularFile(path)) {
                return Optional.of("has lost its " + file.getKey());
            }
            if (!Sha256.of(path).equals(file.getValue())) {
                return Optional.of(changed(file.getKey()));
            }
        }
        return state.files().isEmpty() ? faultOfOld(folder) : Optional.empty();
    }

    static String changed(String file) {
        return Words.of("is damaged: its %s does not hold the bytes that were saved", file);
    }

    /** Older versions wrote no hashes: at least the files are there, as long as their headers say. */
    private static Optional<String> faultOfOld(Path folder) throws IOException {
        if (!Files.isRegularFile(folder.resolve(WEIGHTS))) {
            return Optional.of("has lost its " + WEIGHTS);
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".safetensors"))
                    .toList()) {
                try {
                    Safetensors.header(file);
                } catch (InputException damaged) {
                    return Optional.of("is damaged: " + damaged.getMessage());
                }
            }
        }
        return Optional.empty();
    }
}
