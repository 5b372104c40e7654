package io.inkstone.run;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataSet;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.RecipeTree;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.part.FirstStageRun;
import java.util.List;
import java.util.stream.Collectors;

/** Which keys of a recipe may change when a run goes on. */
public final class ChangeableKeys {
    private static final List<String> FREE = List.of(
            "train.epochs",
            "train.saveEveryEpochs",
            "train.saveEveryMinutes",
            "train.keep",
            "train.onDivergence",
            "train.syncEverySteps",
            "data.source",
            "data.zipNames",
            "data.tokenizer",
            "model.checkpointing");

    private ChangeableKeys() {}

    /** The recipe with which {@code run} would go on; a sentence for overrides that would make it another run. Writes nothing. */
    public static Recipe changed(RunDirectory run, List<String> overrides) {
        Recipe before = run.recipe();
        if (overrides.isEmpty()) {
            return before;
        }
        requireSystem(run, before.system(), overrides);
        Recipe after = run.recipe(overrides);
        List<String> fixed = Recipes.differences(before, after).stream()
                .filter(key -> !FREE.contains(key) && !key.startsWith("preview.") && !key.startsWith("data.columns."))
                .toList();
        if (!fixed.isEmpty()) {
            throw new InputException(Words.of(
                            "%s cannot change when a run goes on: what was learned so far depends on it. May change: %s, data.columns.* and preview.*. Start a new run from these weights instead.",
                            fixed.stream().map(key -> "'" + key + "'").collect(Collectors.joining(", ")),
                            String.join(", ", FREE)))
                    .about("from=" + run.root());
        }
        return after;
    }

    /** Another system has other keys: that is said before they are looked at. */
    private static void requireSystem(RunDirectory run, String system, List<String> overrides) {
        for (String assignment : overrides) {
            String other = RecipeTree.override(assignment).path("system").asText(system);
            if (!other.equals(system)) {
                throw new InputException(Words.of(
                                "%s trains system '%s', not '%s': go on with it by its own recipe, or choose another place.",
                                run.root(), system, other))
                        .about("out");
            }
        }
    }

    /**
     * What would have to change in a run so that it did what {@code asked} says, as {@code KEY=VALUE} each; empty for the
     * recipe that it was started with. Of another system only that.
     */
    public static List<String> towards(Recipe asked, RunDirectory run) {
        Recipe before = run.recipe();
        if (!asked.system().equals(before.system())) {
            return List.of("system=" + asked.system());
        }
        Recipe known = FirstStageRun.known(asked, before);
        Recipe same = known.with(known.data().goingOnLike(before.data()), known.settings());
        try (DataSet data = same.data().open()) {
            return Recipes.assignments(before, FirstStageRun.resolved(same, data.info()));
        }
    }
}
