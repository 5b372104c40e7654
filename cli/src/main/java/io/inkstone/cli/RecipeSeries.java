package io.inkstone.cli;

import io.inkstone.Words;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.SavedRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A list of recipes, one after another: a folder with a run each.
 *
 * @param steps of the list
 * @param recipes of the steps
 * @param folder of the runs
 */
record RecipeSeries(Common common, List<Recipes.Step> steps, List<Recipe> recipes, Path folder) {
    /**
     * Does {@code each} of them in a run directory of its own, until one does not come to its end.
     *
     * @param compared in the end, where all came to theirs
     */
    Result run(BiFunction<Recipe, Path, Session.End> each, boolean compared) {
        List<Path> runs = new ArrayList<>();
        List<Map<String, ?>> parts = new ArrayList<>();
        Map<String, Object> fields = new LinkedHashMap<>();
        boolean finished = true;
        for (int i = 0; i < recipes.size() && finished; i++) {
            Path run = folder.resolve(name(i));
            common.say(
                    Words.of("%d of %d: %s", i + 1, recipes.size(), steps.get(i).recipe()));
            Session.End end = each.apply(recipes.get(i), run);
            finished = end.finished();
            common.printPart(end.result());
            parts.add(end.result().fields());
            runs.add(run);
        }
        fields.put("runs", parts);
        if (!finished) {
            common.say(Words.of("Call the same line again with --continue --out %s to go on.", folder));
        } else if (compared) {
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

    /** A recipe's name; numbered where the list has it more than once. */
    private String name(int index) {
        String recipe = steps.get(index).recipe();
        boolean alone =
                steps.stream().filter(step -> step.recipe().equals(recipe)).count() == 1;
        return alone ? RunPath.name(recipe) : RunPath.name(recipe) + "-" + (index + 1);
    }
}
