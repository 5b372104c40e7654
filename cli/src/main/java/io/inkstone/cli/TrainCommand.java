package io.inkstone.cli;

import io.inkstone.InputException;
import io.inkstone.run.Recipe;
import io.inkstone.run.Recipes;
import io.inkstone.run.SavedRun;
import io.inkstone.run.TrainingForecast;
import io.inkstone.run.TrainingRun;
import io.inkstone.tensor.Hardware;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inkstone train RECIPE …}. */
@Command(
        name = "train",
        description = "Trains a recipe: a shipped name (see: inkstone recipes) or a YAML file.",
        footer = {
            "",
            "Examples:",
            "  inkstone train sprites",
            "  inkstone train sprites --data path/to/folder-of-class-folders --set train.epochs=16"
        })
final class TrainCommand implements Runnable {
    @Mixin
    private Common common;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RECIPE", description = "A shipped recipe or a YAML file.")
    private String recipeName;

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "Your own pictures: .npy, .zip, .parquet, or a folder. Default: what the recipe embeds.")
    private String data;

    @Option(
            names = "--out",
            paramLabel = "RUN",
            description = "The run directory, new. Default: runs/RECIPE-DATE-TIME.")
    private Path out;

    @Option(names = "--from", paramLabel = "RUN|WEIGHTS", description = "Start from these weights (fine-tuning).")
    private Path from;

    @Option(
            names = "--first-stage",
            paramLabel = "RUN",
            description = "The trained autoencoder whose codes a latent diffusion recipe draws.")
    private Path firstStage;

    @Option(
            names = "--continue",
            description = "If RUN exists, go on with it: an unattended script can call the same line again.")
    private boolean goOn;

    @Option(names = "--seed", paramLabel = "N", description = "The same as --set train.seed=N.")
    private Long seed;

    @Option(names = "--precision", paramLabel = "P", description = "auto, float32 or bfloat16.")
    private String precision;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Override a key of the recipe, such as model.width=128.")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--skip-damaged", description = "Leave out pictures that cannot be read, and count them.")
    private boolean skipDamaged;

    @Option(names = "--dry-run", description = "Print the resolved recipe, its size, memory and time, and stop.")
    private boolean dryRun;

    @Option(
            names = "--profile",
            description = "Train a few steps, print where the time of one goes, and stop. One batch makes a step.")
    private boolean profile;

    @Override
    public void run() {
        if (profile && goOn) {
            throw new ParameterException(
                    spec.commandLine(), "--profile measures a run of its own: leave out --continue.");
        }
        if (goOn && out == null) {
            throw new ParameterException(
                    spec.commandLine(), "--continue needs --out RUN: it names the run to go on with.");
        }
        List<Recipes.Step> steps = steps();
        if (!steps.isEmpty()) {
            trainAll(steps);
            return;
        }
        Recipe recipe = recipe(recipeName, List.of());
        if (dryRun) {
            plan(recipe);
            return;
        }
        Path place = out == null ? RunPath.fresh(recipeName) : out;
        if (profile) {
            profile(recipe, place);
            return;
        }
        train(recipe, place);
    }

    private void profile(Recipe recipe, Path place) {
        try (TrainingRun run = TrainingRun.start(
                recipe, new TrainingRun.Start(place, Optional.ofNullable(from), common.device(), false))) {
            common.say("%s, %s"
                    .formatted(
                            Hardware.here().describe(),
                            recipe.train().precision().on(common.device()).word()));
            new ProfileTable(recipe.system(), run.profile()).print(common, place);
        }
    }

    private boolean train(Recipe recipe, Path place) {
        if (goOn && TrainingRun.resumable(place)) {
            return new Session(common).run(() -> TrainingRun.resume(place, List.of(), common.device()));
        }
        return new Session(common)
                .run(() -> TrainingRun.start(
                        recipe,
                        new TrainingRun.Start(place, Optional.ofNullable(from), common.device(), goOn, common::say)));
    }

    private List<Recipes.Step> steps() {
        try {
            return Recipes.steps(recipeName);
        } catch (InputException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    /** A list of recipes: a folder with a run each, and their comparison. */
    private void trainAll(List<Recipes.Step> steps) {
        if (from != null) {
            throw new ParameterException(spec.commandLine(), "--from fits one recipe, not a list of them.");
        }
        List<Recipe> recipes =
                steps.stream().map(step -> recipe(step.recipe(), step.set())).toList();
        if (dryRun) {
            recipes.forEach(this::plan);
            return;
        }
        Path folder = out == null ? RunPath.fresh(recipeName) : out;
        List<Path> runs = new ArrayList<>();
        for (int i = 0; i < recipes.size(); i++) {
            Path run = folder.resolve(name(steps, i));
            common.say(
                    "%d of %d: %s".formatted(i + 1, recipes.size(), steps.get(i).recipe()));
            if (profile) {
                profile(recipes.get(i), run);
                continue;
            }
            if (!train(recipes.get(i), run)) {
                common.say("Call the same line again with --continue --out %s to go on.".formatted(folder));
                return;
            }
            runs.add(run);
        }
        if (!profile) {
            ComparisonReport.write(
                    runs, SavedRun.Weights.EMA, recipes.get(0).train().precision(), folder, common);
        }
        common.print(folder.toString(), Map.of("run", folder.toString()));
    }

    /** A recipe's name; numbered where the list has it more than once. */
    private static String name(List<Recipes.Step> steps, int index) {
        String recipe = steps.get(index).recipe();
        boolean alone =
                steps.stream().filter(step -> step.recipe().equals(recipe)).count() == 1;
        return alone ? RunPath.name(recipe) : RunPath.name(recipe) + "-" + (index + 1);
    }

    private Recipe recipe(String name, List<String> own) {
        try {
            List<String> all = new ArrayList<>(own);
            all.addAll(allOverrides());
            Recipe recipe = Recipes.load(name, all);
            Recipe placed = data == null ? recipe : recipe.withSource(Sources.absolute(data));
            return firstStage == null
                    ? placed
                    : placed.withFirstStage(
                            firstStage.toAbsolutePath().normalize().toString());
        } catch (InputException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    private List<String> allOverrides() {
        List<String> all = new ArrayList<>(overrides);
        if (seed != null) {
            all.add("train.seed=" + seed);
        }
        if (precision != null) {
            all.add("train.precision=" + precision);
        }
        if (skipDamaged) {
            all.add("data.skipDamaged=true");
        }
        if (profile) {
            all.add("train.accumulate=1");
        }
        return all;
    }

    private void plan(Recipe recipe) {
        TrainingForecast plan = TrainingForecast.of(recipe, common.device());
        String yaml = Recipes.print(plan.recipe());
        String text = yaml
                + "%n# %,d parameters, %,d pictures; about %,d MB of memory and %s on this machine"
                        .formatted(
                                plan.estimate().parameters(),
                                plan.pictures(),
                                plan.estimate().bytes() >> 20,
                                Durations.words(plan.seconds()));
        common.print(
                text,
                Map.of(
                        "recipe", yaml,
                        "parameters", plan.estimate().parameters(),
                        "pictures", plan.pictures(),
                        "memoryMegabytes", plan.estimate().bytes() >> 20,
                        "seconds", Math.round(plan.seconds())));
    }
}
