package io.inkstone.run.part;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.FileSteps;
import io.inkstone.data.DataInfo;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.Model;
import io.inkstone.models.TwoStage;
import io.inkstone.models.stage.FirstStage;
import io.inkstone.models.stage.StagedSettings;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.ChosenWeights;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.SavedRun;
import io.inkstone.run.checkpoint.Checkpoints;
import io.inkstone.run.checkpoint.DiskSpace;
import io.inkstone.run.checkpoint.StateFile;
import io.inkstone.tensor.ComputeDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The run whose codes another run draws: looked at when training starts, copied into the new run, and found again by its
 * hash whenever that is opened. The copy is a run directory itself, with the weights that were used and nothing to go on from.
 */
public final class FirstStageRun {
    static final String FOLDER = "first-stage";

    private static final int SHORT_HASH = 12;

    private FirstStageRun() {}

    /** {@code asked} with everything in it that is left to its first stage and to the data. */
    public static Recipe resolved(Recipe asked, DataInfo info) {
        return known(asked).fittedTo(info);
    }

    /** {@code recipe} with what its first stage says of itself, and data of the form that it takes; others unchanged. */
    public static Recipe known(Recipe recipe) {
        if (!(recipe.settings() instanceof StagedSettings<?> staged)
                || !staged.firstStage().named()
                || staged.firstStage().known()) {
            return recipe;
        }
        FirstStage asked = staged.firstStage();
        try (SavedRun run = SavedRun.open(Path.of(asked.run()), SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            List<Integer> code = code(run);
            FirstStage found = new FirstStage(
                    run.directory().root().toAbsolutePath().normalize().toString(),
                    run.hash(),
                    code,
                    asked.scale() > 0 ? asked.scale() : scale(run));
            return recipe.with(recipe.data().like(run.recipe().data(), asked.run()), staged.with(found));
        }
    }

    /** {@code asked} with what a run that was {@code started} by it already knows of the same first stage. */
    public static Recipe known(Recipe asked, Recipe started) {
        if (!(asked.settings() instanceof StagedSettings<?> wanted)
                || !(started.settings() instanceof StagedSettings<?> has)
                || wanted.firstStage().known()
                || !absolute(wanted.firstStage()).equals(absolute(has.firstStage()))) {
            return asked;
        }
        FirstStage stage = has.firstStage();
        double scale = wanted.firstStage().scale() > 0 ? wanted.firstStage().scale() : stage.scale();
        return asked.with(
                asked.data().like(started.data(), stage.run()),
                wanted.with(new FirstStage(stage.run(), stage.hash(), stage.code(), scale)));
    }

    private static Path absolute(FirstStage stage) {
        return Path.of(stage.run()).toAbsolutePath().normalize();
    }

    private static List<Integer> code(SavedRun run) {
        Path root = run.directory().root();
        if (!(run.model() instanceof Autoencodes stage)) {
            throw new InputException(Words.of(
                    "%s is no first stage: system '%s' has no codes of pictures. Give the run of an autoencoder (inkstone train faces-autoencoder).",
                    root, run.recipe().system()));
        }
        long[] shape = stage.latentShape();
        if (shape.length != 3 || !stage.classes().isEmpty()) {
            throw new InputException(Words.of(
                    "%s is no first stage: its codes are %s, and diffusion draws maps [c, h, h]. Give the run of an autoencoder (inkstone train faces-autoencoder).",
                    root,
                    shape.length != 3 ? Words.of("vectors of %d values", shape[0]) : "those of a model with classes"));
        }
        return Arrays.stream(shape).mapToInt(Math::toIntExact).boxed().toList();
    }

    private static double scale(SavedRun run) {
        try {
            return run.latentScale();
        } catch (InputException unknown) {
            throw new InputException(
                    Words.of(
                            "%s does not know its latent scale: say it, such as --set firstStage.scale=0.18215.",
                            run.directory().root()),
                    unknown);
        }
    }

    /**
     * Attaches its first stage to each of {@code models} that has one; they share it.
     *
     * @param root of the run that they belong to; need not exist yet
     * @return the first stage's run; it is closed with any of the models
     */
    public static Optional<SavedRun> attach(Path root, ComputeDevice device, List<Model> models) {
        Optional<SavedRun> stage = Optional.empty();
        for (Model model : models) {
            if (model instanceof TwoStage two) {
                stage = stage.or(() -> Optional.of(open(root, two.firstStage(), device)));
                two.attach((Autoencodes) stage.get().model());
            }
        }
        return stage;
    }

    /** The copy inside the run where it is whole, else the run that it was made of, if that still has the same weights. */
    private static SavedRun open(Path root, FirstStage wanted, ComputeDevice device) {
        List<String> seen = new ArrayList<>();
        for (Path place : List.of(root.resolve(FOLDER), Path.of(wanted.run()))) {
            String found = hash(place);
            if (found.equals(wanted.hash())) {
                return SavedRun.open(place, SavedRun.Weights.EMA, device);
            }
            seen.add(
                    found.isEmpty()
                            ? place + " is no run"
                            : Words.of("%s has other weights (%s)", place, found.substring(0, SHORT_HASH)));
        }
        throw new InputException(Words.of(
                "The first stage of %s is missing: %s. Without the weights that it was trained with (SHA-256 %s…) its codes mean nothing: copy that run to %s.",
                root,
                String.join(", and ", seen),
                wanted.hash().substring(0, Math.min(SHORT_HASH, wanted.hash().length())),
                root.resolve(FOLDER)));
    }

    /** Of the weights that a run would be opened with; empty where there is no run. */
    private static String hash(Path place) {
        try {
            return SavedRun.hash(new ChosenWeights(RunDirectory.existing(place), SavedRun.Weights.EMA).file());
        } catch (InputException noRun) {
            return "";
        }
    }

    /** Copies {@code stage} into {@code run}, unless it lies there already. */
    public static void keep(SavedRun stage, RunDirectory run) {
        Path copy = run.root().resolve(FOLDER);
        Path from = stage.directory().root();
        if (from.toAbsolutePath().normalize().equals(copy.toAbsolutePath().normalize())) {
            return;
        }
        Path temporary = run.root().resolve("." + FOLDER + ".tmp");
        try {
            DiskSpace.require(run.root(), Files.size(stage.file()), "The copy of the first stage needs");
            Checkpoints.delete(temporary);
            Checkpoints.delete(copy);
            RunDirectory inner = new RunDirectory(temporary);
            Path checkpoint = inner.checkpoints().resolve(stage.checkpoint());
            Files.createDirectories(checkpoint);
            Files.createDirectories(inner.samples());
            Files.copy(stage.directory().recipeFile(), inner.recipeFile());
            Files.copy(stage.file(), checkpoint.resolve(Checkpoints.WEIGHTS));
            StateFile.copyFor(
                    Map.of(Checkpoints.WEIGHTS, stage.hash()), stage.file().getParent(), checkpoint);
            Files.writeString(inner.checkpoints().resolve("latest"), stage.checkpoint() + "\n");
            FileSteps.move(temporary, copy);
        } catch (IOException failure) {
            throw new InputException(
                    Words.of("The first stage cannot be copied into %s: %s", copy, RunDirectory.reason(failure)),
                    failure);
        }
    }
}
