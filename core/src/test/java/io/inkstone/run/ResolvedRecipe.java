package io.inkstone.run;

import io.inkstone.data.DataSet;
import io.inkstone.data.source.DataSource;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.part.FirstStageRun;
import java.util.List;

/** Recipes whose open values were taken from their data. */
public final class ResolvedRecipe {
    private ResolvedRecipe() {}

    public static Recipe of(String name, String... overrides) {
        Recipe recipe = Recipes.load(name, List.of(overrides));
        try (DataSet data = DataSource.open(recipe.data().source())) {
            return FirstStageRun.resolved(recipe, data.info());
        }
    }
}
