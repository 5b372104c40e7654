package io.inkstone.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.AtomicFile;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.checkpoint.Checkpoints;
import io.inkstone.run.checkpoint.Leftovers;
import io.inkstone.train.profile.StepProfile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The folder of a run, the contract between all faces: recipe, environment, metrics, curves, samples, checkpoints.
 *
 * @param root the folder itself
 * @since 0.1
 */
public record RunDirectory(Path root) {
    /** The file that whoever trains in the folder holds open. */
    public static final String LOCK = ".lock";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** A folder that is a run already; a sentence if it is not. */
    public static RunDirectory existing(Path root) {
        RunDirectory run = new RunDirectory(root);
        if (!Files.exists(root)) {
            throw new InputException(Words.of("There is no run directory %s.", root));
        }
        if (!Files.isRegularFile(run.recipeFile())) {
            throw new InputException(Words.of(
                    "%s is no run directory: it has no recipe.yaml. Give the folder that 'train' printed.", root));
        }
        return run;
    }

    /**
     * Makes the folder, with its recipe and environment; it must not exist yet, or be empty.
     *
     * @param reuse take also the folder of a run without a checkpoint, known by its recipe
     */
    public static RunDirectory create(Path root, boolean reuse, Recipe recipe, Environment environment) {
        RunDirectory run = new RunDirectory(root);
        try {
            requireNew(root, reuse);
            if (run.isUnused()) {
                run.lock().close(); // whoever trains there has no checkpoint yet, and keeps its recipe
            }
            Files.createDirectories(root);
            run.write(run.recipeFile(), Recipes.print(recipe)); // first: it makes the folder a run's
            Files.createDirectories(run.samples());
            Files.createDirectories(run.checkpoints());
            run.write(run.root.resolve("environment.json"), environment.print());
        } catch (IOException failure) {
            throw new InputException(
                            Words.of(
                                    "The run directory %s cannot be written: %s. Choose another place.",
                                    root, reason(failure)),
                            failure)
                    .about("out");
        }
        return run;
    }

    /** Refuses a folder that {@link #create} would not take. */
    static void requireNew(Path root, boolean reuse) {
        RunDirectory run = new RunDirectory(root);
        if (run.isUnused()) {
            if (!reuse) {
                throw new InputException(Words.of(
                                "%s exists already. It was begun and has no checkpoint: take it again, or choose another place.",
                                root))
                        .about("continue", "out");
            }
            return;
        }
        requireFree(root, run.advice());
    }

    /** Whether a run was begun here that has nothing to go on from. */
    private boolean isUnused() {
        return Files.isRegularFile(recipeFile())
                && new Checkpoints(this).folders().isEmpty();
    }

    private String advice() {
        return Files.isRegularFile(recipeFile())
                ? Words.of("Choose another place, or go on with it: inkstone resume %s.", root)
                : "It is no run directory: choose another place.";
    }

    /** Refuses what exists already, unless it is an empty folder. */
    public static void requireFree(Path root) {
        requireFree(root, "Choose another place.");
    }

    private static void requireFree(Path root, String advice) {
        if (Files.exists(root) && !(Files.isDirectory(root) && isEmpty(root))) {
            throw new InputException(Words.of("%s exists already. %s", root, advice)).about("out");
        }
    }

    private static boolean isEmpty(Path folder) {
        try {
            return Leftovers.only(folder);
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", folder, reason(failure)), failure);
        }
    }

    public static String reason(IOException failure) {
        return failure instanceof java.nio.file.AccessDeniedException denied
                ? denied.getFile() + " is read-only"
                : failure.getMessage();
    }

    private void write(Path file, String text) throws IOException {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Keeps other processes from training in this folder until it is closed; a kill opens it as well. */
    FileChannel lock() {
        try {
            Optional<FileChannel> taken = DirectoryLock.take(root.resolve(LOCK));
            if (taken.isPresent()) {
                return taken.get();
            }
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be written: %s.", root, reason(failure)), failure);
        }
        throw new InputException(Words.of(
                        "Another process trains in %s. Wait until it ends, or start a run of your own in another place.",
                        root))
                .about("out");
    }

    /** The recipe with which this run was started. */
    public Recipe recipe() {
        return recipe(List.of());
    }

    /** The same with {@code KEY=VALUE} overrides. */
    public Recipe recipe(List<String> overrides) {
        return Recipes.ofRun(recipeFile(), overrides);
    }

    /** Writes a changed recipe over the old one. */
    void update(Recipe recipe) throws IOException {
        write(recipeFile(), Recipes.print(recipe));
    }

    public Path recipeFile() {
        return root.resolve("recipe.yaml");
    }

    public Path profileFile() {
        return root.resolve("profile.json");
    }

    void write(StepProfile profile) {
        write(profileFile(), profile);
    }

    /** What the run was begun with, or goes on with. */
    Path dataFile() {
        return root.resolve("data.json");
    }

    void write(KnownData data) {
        write(dataFile(), data);
    }

    private void write(Path file, Object record) {
        try {
            write(file, JSON.writeValueAsString(record) + "\n");
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be written: %s.", file, reason(failure)), failure);
        }
    }

    /** What it remembers of its data; empty for runs that were begun before runs did, and for imported ones. */
    public Optional<KnownData> data() {
        if (!Files.isRegularFile(dataFile())) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(dataFile().toFile(), KnownData.class));
        } catch (IOException failure) {
            throw new InputException(
                    Words.of(
                            "%s cannot be read: %s. Without that file the run goes on with the data as they are now: remove it if that is what you want.",
                            dataFile(), failure.getMessage().lines().findFirst().orElse("")),
                    failure);
        }
    }

    public Path metricsFile() {
        return root.resolve("metrics.jsonl");
    }

    /** A line for each evaluation. */
    public Path evaluationsFile() {
        return root.resolve("evaluations.jsonl");
    }

    public Path curvesFile() {
        return root.resolve("curves.png");
    }

    public Path samples() {
        return root.resolve("samples");
    }

    public Path checkpoints() {
        return root.resolve("checkpoints");
    }

    public Path logFile() {
        return root.resolve("log.txt");
    }

    /** How files and folders of a step are named: {@code step-000500}. */
    public static String step(long step) {
        return String.format(Locale.ROOT, "step-%06d", step);
    }
}
