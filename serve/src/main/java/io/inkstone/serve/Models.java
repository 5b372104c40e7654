package io.inkstone.serve;

import io.inkstone.InputException;
import io.inkstone.NearestName;
import io.inkstone.Words;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.checkpoint.Checkpoints;
import io.inkstone.studio.Lease;
import io.inkstone.studio.RunChoice;
import io.inkstone.studio.Studio;
import io.inkstone.tensor.ComputeDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trained runs under the names that requests say. Looked up on the disk each time: what is trained meanwhile is there at once. */
final class Models {
    private final Studio studio;
    private final ServeSettings settings;

    Models(Studio studio, ServeSettings settings) {
        this.studio = studio;
        this.settings = settings;
        settings.named().values().forEach(RunDirectory::existing);
        settings.standard().ifPresent(this::root);
    }

    /** Every run directory by its name, trained or not, the newest first; then those with names of their own. */
    Map<String, Path> runs() {
        Map<String, Path> runs = new LinkedHashMap<>();
        if (Files.isDirectory(settings.runs())) {
            try (var folders = Files.list(settings.runs())) {
                folders.filter(folder -> Files.isRegularFile(new RunDirectory(folder).recipeFile()))
                        .sorted(Comparator.comparing(Models::changed).reversed())
                        .forEach(folder -> runs.put(folder.getFileName().toString(), folder));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        runs.putAll(settings.named());
        return runs;
    }

    /** When the run was begun or its recipe last changed. */
    static long changed(Path run) {
        try {
            return Files.getLastModifiedTime(new RunDirectory(run).recipeFile()).toMillis();
        } catch (IOException gone) {
            return 0;
        }
    }

    /** Names of those that have something to draw with. */
    List<String> names() {
        return runs().entrySet().stream()
                .filter(run -> isTrained(run.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    static boolean isTrained(Path run) {
        return new Checkpoints(new RunDirectory(run)).latest().isPresent();
    }

    /** The model of requests that name none; empty where nothing is trained. */
    Optional<String> standard() {
        return settings.standard().or(() -> names().stream().findFirst());
    }

    /** The name that is meant: the one said, or the standard one. */
    String meant(Optional<String> said) {
        List<String> names = names();
        if (said.isPresent() && (names.contains(said.get()) || runs().containsKey(said.get()))) {
            return said.get();
        }
        if (said.isEmpty() || settings.anyModel()) {
            return standard()
                    .orElseThrow(() -> new ApiError(
                            ApiError.Kind.NO_MODEL,
                            "No run is trained yet: train one with 'inkstone train avatars'.",
                            Optional.of("model")));
        }
        throw unknown(said.get());
    }

    private ApiError unknown(String name) {
        List<String> names = names();
        return new ApiError(
                ApiError.Kind.NO_MODEL,
                Words.of(
                        "There is no model '%s'.%s Known: %s.",
                        name,
                        NearestName.suggestion(name, names),
                        names.isEmpty() ? "none yet" : String.join(", ", names)),
                Optional.of("model"));
    }

    /** The folder of a run by its name. */
    Path root(String name) {
        return Optional.ofNullable(runs().get(name)).orElseThrow(() -> unknown(name));
    }

    /** The run opened; close the lease after its last use. */
    Lease lease(String name) {
        Path root = root(name);
        if (!isTrained(root)) {
            throw new ApiError(
                    ApiError.Kind.CONFLICT,
                    Words.of("The run '%s' has no checkpoint yet: wait until it is saved.", name),
                    Optional.of("model"));
        }
        try {
            return studio.lease(RunChoice.of(root).withDevice(ComputeDevice.parse(settings.device())));
        } catch (InputException broken) {
            if (Files.exists(root)) {
                throw broken;
            }
            throw unknown(name); // it went away between the two
        }
    }
}
