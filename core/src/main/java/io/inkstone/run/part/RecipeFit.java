package io.inkstone.run.part;

import io.inkstone.InputException;
import io.inkstone.models.Families;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.weights.WeightSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How a weight file fits a shipped recipe of its system.
 *
 * @param recipe the shipped name
 * @param system its family
 * @param taken sizes that an import would take from the file, {@code KEY=VALUE} each; empty if it fits as it is
 * @param problem why an import would fail
 */
public record RecipeFit(String recipe, String system, List<String> taken, Optional<String> problem) {
    /** The recipes whose networks have such names, the best fit first. */
    public static List<RecipeFit> of(WeightSet file) {
        List<String> systems = Families.recognising(file);
        List<RecipeFit> fits = new ArrayList<>();
        if (!systems.isEmpty()) {
            for (String name : Recipes.shipped().keySet()) {
                fit(name, systems, file).ifPresent(fits::add);
            }
        }
        fits.sort(Comparator.comparing((RecipeFit fit) -> fit.problem().isPresent())
                .thenComparing(fit -> fit.taken().size()));
        return fits;
    }

    private static Optional<RecipeFit> fit(String name, List<String> systems, WeightSet file) {
        Recipe recipe;
        try {
            recipe = Recipes.load(name, List.of());
        } catch (InputException severalRecipes) {
            return Optional.empty();
        }
        if (!systems.contains(recipe.system())) {
            return Optional.empty();
        }
        try {
            List<String> taken = WeightImport.of(file, recipe, Optional.empty()).taken();
            return Optional.of(new RecipeFit(name, recipe.system(), taken, Optional.empty()));
        } catch (InputException problem) {
            return Optional.of(new RecipeFit(name, recipe.system(), List.of(), Optional.of(problem.getMessage())));
        }
    }
}
