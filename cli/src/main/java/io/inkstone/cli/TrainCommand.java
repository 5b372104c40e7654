package io.inkstone.cli;

import io.inkstone.Words;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.ChangeableKeys;
import io.inkstone.run.GoingOn;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.TrainingForecast;
import io.inkstone.run.TrainingRun;
import io.inkstone.run.TrainingStart;
import io.inkstone.run.part.StableRun;
import io.inkstone.tensor.Hardware;
import io.inkstone.train.ranks.RankExchange;
import io.inkstone.train.ranks.RankPlace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
final class TrainCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Parameters(
            paramLabel = "RECIPE",
            completionCandidates = OptionValues.RecipeNames.class,
            description = "A shipped recipe or a YAML file.")
    private String recipeName;

    @Mixin
    private RecipeOptions wanted;

    @Option(
            names = "--out",
            paramLabel = "RUN",
            description = "The run directory, new. Default: runs/RECIPE-DATE-TIME.")
    private Path out;

    @Option(names = "--from", paramLabel = "RUN|WEIGHTS", description = "Start from these weights (fine-tuning).")
    private Path from;

    @Option(
            names = "--continue",
            description = "If RUN exists, go on with it: an unattended script can call the same line again.")
    private boolean goOn;

    @Option(
            names = "--accept-data-change",
            description = "With --continue: go on although the data are others than the run remembers.")
    private boolean acceptDataChange;

    @Option(names = "--dry-run", description = "Print the resolved recipe, its size, memory and time, and stop.")
    private boolean dryRun;

    @Option(
            names = "--profile",
            description = "Train a few steps, print where the time of one goes, and stop. One batch makes a step.")
    private boolean profile;

    @Option(
            names = "--ranks",
            paramLabel = "N",
            description = "Train by N processes on this machine, which share every batch and the cores.")
    private int ranks = 1;

    @Spec
    private CommandSpec spec;

    private Optional<RankExchange> others = Optional.empty();

    /** Under torchrun's variables one of several processes; with --ranks the one that starts them. */
    @Override
    public Integer call() {
        Optional<RankPlace> place = RankPlace.of(System.getenv());
        if (place.isEmpty() && ranks == 1) {
            run();
            return 0;
        }
        if (profile || dryRun || !common.said(() -> Recipes.steps(recipeName)).isEmpty()) {
            throw common.wrongUsage("Several processes train one recipe: leave out --profile, --dry-run and --ranks.");
        }
        if (place.isEmpty()) {
            common.said(() -> LocalRanks.required(ranks, recipe(recipeName, List.of())));
            return LocalRanks.run(ranks, forEach());
        }
        new OneOfSeveral(place.get(), spec.root().commandLine()).run(place(), (folder, exchange) -> {
            out = folder;
            others = Optional.of(exchange);
            run();
        });
        return 0;
    }

    /** The words of this line for one of several processes. */
    private List<String> forEach() {
        List<String> words = new ArrayList<>(
                LocalRanks.without(spec.root().commandLine().getParseResult().originalArgs()));
        if (out == null) {
            words.addAll(List.of("--out", place().toString()));
        }
        return words;
    }

    private Path place() {
        return out == null ? RunPath.fresh(recipeName) : out;
    }

    private void run() {
        if (profile && goOn) {
            throw common.wrongUsage("--profile measures a run of its own: leave out --continue.");
        }
        if (goOn && out == null) {
            throw common.wrongUsage("--continue needs --out RUN: it names the run to go on with.");
        }
        List<Recipes.Step> steps = common.said(() -> Recipes.steps(recipeName));
        common.print(steps.isEmpty() ? one() : all(steps));
    }

    private Result one() {
        Recipe recipe = recipe(recipeName, List.of());
        if (dryRun) {
            return plan(recipe);
        }
        Path place = place();
        return profile ? profile(recipe, place) : train(recipe, place).result();
    }

    private Result profile(Recipe recipe, Path place) {
        try (TrainingRun run = TrainingRun.start(recipe, start(place))) {
            common.say(Words.of(
                    "%s, %s",
                    Hardware.here().describe(),
                    recipe.train().precision().on(common.device()).word()));
            return new ProfileTable(recipe.system(), run.profile()).result(place);
        }
    }

    private TrainingStart start(Path place) {
        return new TrainingStart(place, Optional.ofNullable(from), common.device(), goOn, common::say, others);
    }

    private Session.End train(Recipe recipe, Path place) {
        if (!goOn || !TrainingRun.resumable(place)) {
            return new Session(common).run(() -> TrainingRun.start(recipe, start(place)));
        }
        RunDirectory run = RunDirectory.existing(place);
        List<String> changes = ChangeableKeys.towards(recipe, run);
        common.said(() -> ChangeableKeys.changed(run, changes));
        if (!changes.isEmpty()) {
            common.say(Words.of("Going on with what this line changes: %s", String.join(", ", changes)));
        }
        if (from != null) {
            common.say("Going on from the run's own weights; --from was for its start.");
        }
        return new Session(common)
                .run(() -> TrainingRun.resume(new GoingOn(place, changes, common.device())
                        .acceptingDataChange(acceptDataChange)
                        .by(others)));
    }

    /** A list of recipes: a folder with a run each, and their comparison. */
    private Result all(List<Recipes.Step> steps) {
        if (from != null) {
            throw common.wrongUsage("--from fits one recipe, not a list of them.");
        }
        List<Recipe> recipes =
                steps.stream().map(step -> recipe(step.recipe(), step.set())).toList();
        if (dryRun) {
            return ForecastText.together(recipes.stream().map(this::plan).toList());
        }
        return new RecipeSeries(common, steps, recipes, place())
                .run((one, run) -> profile ? new Session.End(true, profile(one, run)) : train(one, run), !profile);
    }

    private Recipe recipe(String name, List<String> own) {
        // What a profile shows is one batch's step.
        List<String> after = profile ? List.of("train.accumulate=1") : List.of();
        return common.said(() -> wanted.recipe(name, own, after));
    }

    private Result plan(Recipe recipe) {
        TrainingForecast plan =
                TrainingForecast.of(StableRun.known(recipe, Optional.ofNullable(from)), common.device());
        plan.notes().forEach(common::say);
        return new ForecastText(plan).result();
    }
}
