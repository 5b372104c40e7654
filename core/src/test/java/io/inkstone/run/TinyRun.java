package io.inkstone.run;

import io.inkstone.data.DarkAndBright;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.train.Listener;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A data set and a network small enough to train in a test. */
public final class TinyRun {
    public static final int PICTURES = 200;

    private TinyRun() {}

    /** Writes 200 pictures of 8×8 in 2 classes into {@code folder}. */
    public static Path data(Path folder) throws IOException {
        return DarkAndBright.write(folder, PICTURES, 8, 3);
    }

    /** The sprite recipe made tiny: 20 steps an epoch. */
    public static Recipe recipe(Path data, String... more) {
        List<String> overrides = new ArrayList<>(List.of(
                "model.width=8",
                "train.batch=10",
                "train.epochs=3",
                "train.saveEveryEpochs=1",
                "diffusion.steps=20",
                "preview.steps=2",
                "preview.count=2",
                "preview.everySteps=1000"));
        overrides.addAll(List.of(more));
        return Recipes.load("sprites", overrides).withSource(data.toString());
    }

    /** An autoencoder whose codes of such pictures are [2, 4, 4]. */
    public static Recipe autoencoder(Path data, String... more) {
        List<String> overrides = new ArrayList<>(List.of(
                "data.size=8",
                "model.width=8",
                "model.multipliers=[1,1]",
                "model.latent=2",
                "model.groups=4",
                "train.epochs=1",
                "preview.everySteps=0"));
        overrides.addAll(List.of(more));
        return Recipes.load("faces-autoencoder", overrides).withSource(data.toString());
    }

    /** Diffusion of such codes, for a first stage to be named. */
    public static Recipe latent(Path data, String... more) {
        List<String> overrides = new ArrayList<>(List.of(
                "data.size=auto",
                "data.flip=true",
                "model.width=8",
                "model.multipliers=[1,2]",
                "model.attention=[1]",
                "model.blocks=1",
                "model.dropout=0.1",
                "train.batch=10",
                "train.epochs=3",
                "train.saveEveryEpochs=1",
                "diffusion.steps=20",
                "preview.sampler=ddim",
                "preview.steps=2",
                "preview.count=2",
                "preview.everySteps=1000"));
        overrides.addAll(List.of(more));
        return Recipes.load("faces-latent-diffusion", overrides).withSource(data.toString());
    }

    /** A new run that is not trained yet. */
    public static TrainingRun start(Recipe recipe, Path out) {
        return TrainingRun.start(recipe, new TrainingStart(out, Optional.empty(), ComputeDevice.CPU));
    }

    /** Trains in a new directory until {@code stopAfter} steps are done; returns the directory. */
    public static Path train(Recipe recipe, Path out, long stopAfter) {
        try (TrainingRun run = start(recipe, out)) {
            run.train(List.of(new Listener() {
                @Override
                public void stepped(Trainer trainer, StepReport report) {
                    if (report.position().step() >= stopAfter) {
                        trainer.stop();
                    }
                }
            }));
        }
        return out;
    }

    /** Trains in a new directory to the recipe's end; returns the directory. */
    public static Path train(Recipe recipe, Path out) {
        return train(recipe, out, Long.MAX_VALUE);
    }

    /** A run that is there, opened to go on. */
    static TrainingRun reopen(Path run, String... changes) {
        return TrainingRun.resume(run, List.of(changes), ComputeDevice.CPU);
    }

    /** Goes on to the recipe's end. */
    public static void resume(Path run, String... changes) {
        try (TrainingRun more = reopen(run, changes)) {
            more.train(List.of());
        }
    }

    public static Path checkpoint(Path run, int step) {
        return run.resolve("checkpoints/step-%06d".formatted(step));
    }
}
