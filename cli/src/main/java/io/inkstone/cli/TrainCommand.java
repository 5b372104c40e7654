package io.inkstone.cli;

import io.inkstone.Counted;
import io.inkstone.Words;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.ChangeableKeys;
import io.inkstone.run.GoingOn;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.SavedRun;
import io.inkstone.run.TrainingForecast;
import io.inkstone.run.TrainingRun;
import io.inkstone.run.part.StableRun;
import io.inkstone.tensor.Hardware;
import io.inkstone.train.ranks.RankExchange;
import io.inkstone.train.ranks.RankPlace;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
            common.said(() -> {
                new RankPlace(0, 0, ranks, "127.0.0.1", 1)
                        .requireDivides(recipe(recipeName, List.of()).train().batch());
                return null;
            });
            return LocalRanks.run(ranks, withoutRanks());
        }
        return asOneOfSeveral(place.get());
    }

    private int asOneOfSeveral(RankPlace place) {
        if (out == null) {
            out = RunPath.fresh(recipeName);
        }
        RankExchange exchange = RankExchange.meet(place);
        if (!place.leads()) {
            silence();
        }
        try {
            out = Path.of(exchange.ofLeader("out", out.toAbsolutePath()::toString));
            others = Optional.of(exchange);
            run();
        } catch (RuntimeException failure) {
            exchange.fail(failure);
            if (!place.leads()) {
                // Nobody hears it, and what waits inside of libtorch for a process that is gone must not hold this one.
                Runtime.getRuntime().halt(1);
            }
            throw failure;
        }
        exchange.close();
        return 0;
    }

    /** One speaks for all, also of what went wrong elsewhere. */
    private void silence() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setErr(nowhere);
        spec.root().commandLine().setOut(new PrintWriter(nowhere)).setErr(new PrintWriter(nowhere));
    }

    private List<String> withoutRanks() {
        List<String> words = new ArrayList<>();
        List<String> all = spec.root().commandLine().getParseResult().originalArgs();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).equals("--ranks")) {
                i++;
            } else if (!all.get(i).startsWith("--ranks=")) {
                words.add(all.get(i));
            }
        }
        if (out == null) {
            words.addAll(List.of("--out", RunPath.fresh(recipeName).toString()));
        }
        return words;
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
        Path place = out == null ? RunPath.fresh(recipeName) : out;
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

    private TrainingRun.Start start(Path place) {
        return new TrainingRun.Start(place, Optional.ofNullable(from), common.device(), goOn, common::say, others);
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
            return together(recipes.stream().map(this::plan).toList(), "recipes");
        }
        return all(steps, recipes, out == null ? RunPath.fresh(recipeName) : out);
    }

    private Result all(List<Recipes.Step> steps, List<Recipe> recipes, Path folder) {
        List<Path> runs = new ArrayList<>();
        List<Map<String, ?>> parts = new ArrayList<>();
        Map<String, Object> fields = new LinkedHashMap<>();
        boolean finished = true;
        for (int i = 0; i < recipes.size() && finished; i++) {
            Path run = folder.resolve(name(steps, i));
            common.say(
                    Words.of("%d of %d: %s", i + 1, recipes.size(), steps.get(i).recipe()));
            Session.End end =
                    profile ? new Session.End(true, profile(recipes.get(i), run)) : train(recipes.get(i), run);
            finished = end.finished();
            common.printPart(end.result());
            parts.add(end.result().fields());
            runs.add(run);
        }
        fields.put("runs", parts);
        if (!finished) {
            common.say(Words.of("Call the same line again with --continue --out %s to go on.", folder));
        } else if (!profile) {
            Result comparison = ComparisonReport.write(
                    new ComparisonReport.Compared(
                            runs,
                            Optional.empty(),
                            SavedRun.Weights.EMA,
                            recipes.get(0).train().precision()),
                    folder,
                    common.device());
            common.printPart(comparison);
            fields.put("comparison", comparison.fields());
        }
        fields.put("finished", finished);
        fields.put("run", folder.toString());
        return new Result(folder.toString(), fields);
    }

    /** @param name of the list of their fields */
    private static Result together(List<Result> results, String name) {
        return new Result(
                results.stream().map(Result::text).collect(Collectors.joining(System.lineSeparator())),
                Map.of(name, results.stream().map(Result::fields).toList()));
    }

    /** A recipe's name; numbered where the list has it more than once. */
    private static String name(List<Recipes.Step> steps, int index) {
        String recipe = steps.get(index).recipe();
        boolean alone =
                steps.stream().filter(step -> step.recipe().equals(recipe)).count() == 1;
        return alone ? RunPath.name(recipe) : RunPath.name(recipe) + "-" + (index + 1);
    }

    private Recipe recipe(String name, List<String> own) {
        return common.said(() -> {
            List<String> all = new ArrayList<>(own);
            all.addAll(allOverrides());
            Recipe recipe = Recipes.load(name, all);
            Recipe placed = data == null ? recipe : recipe.withSource(Sources.absolute(data));
            return firstStage == null
                    ? placed
                    : placed.withFirstStage(
                            firstStage.toAbsolutePath().normalize().toString());
        });
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

    private Result plan(Recipe recipe) {
        TrainingForecast plan =
                TrainingForecast.of(StableRun.known(recipe, Optional.ofNullable(from)), common.device());
        plan.notes().forEach(common::say);
        String yaml = Recipes.print(plan.recipe());
        String text = yaml
                + Words.of(
                        "%n# %,d parameters, %s; about %,d MB of memory and %s on this machine",
                        plan.estimate().parameters(),
                        Counted.of(plan.pictures(), "picture"),
                        plan.estimate().bytes() >> 20,
                        Durations.words(plan.seconds()));
        return new Result(
                text,
                Map.of(
                        "recipe", yaml,
                        "parameters", plan.estimate().parameters(),
                        "pictures", plan.pictures(),
                        "memoryMegabytes", plan.estimate().bytes() >> 20,
                        "seconds", Math.round(plan.seconds()),
                        "notes", plan.notes()));
    }
}
