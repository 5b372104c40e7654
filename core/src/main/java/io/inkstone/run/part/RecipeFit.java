package io.inkstone.run.part;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.models.Families;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.weights.NamePrefixes;
import io.inkstone.weights.WeightSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

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
        List<String> systems = Families.recognising(network(file));
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

    /**
     * The part of a file whose names some system knows, with notes on what was taken away from them and left out; the file
     * itself where there is none or several.
     */
    public static WeightSet network(WeightSet file) {
        try {
            return NamePrefixes.network(file, NamePrefixes.Which.UNSAID, names -> !Families.recognising(names)
                    .isEmpty());
        } catch (InputException several) {
            List<String> notes = new ArrayList<>(file.notes());
            notes.add(several.getMessage());
            return new WeightSet(file.tensors(), file.metadata(), notes);
        }
    }

    /**
     * The recipe that a file itself names: the one in its metadata, as our exports have it, or the shipped one that fits
     * better than every other.
     *
     * @param overrides {@code KEY=VALUE} each
     * @param said told which recipe was chosen
     * @throws InputException if none fits or several do as well, which it names
     */
    public static Recipe only(WeightSet file, List<String> overrides, Consumer<String> said) {
        String own = file.metadata().get("recipe");
        if (own != null) {
            said.accept("The recipe is the one that the file carries.");
            return Recipes.ofRun(own, "the recipe in the file", overrides);
        }
        List<RecipeFit> fits = of(file);
        List<RecipeFit> best = fits.stream()
                .filter(fit -> fit.problem().isEmpty()
                        && fit.taken().size() == fits.get(0).taken().size())
                .toList();
        if (best.size() != 1) {
            String names = (best.isEmpty() ? fits : best)
                    .stream().map(RecipeFit::recipe).collect(Collectors.joining(", "));
            throw new InputException(
                            fits.isEmpty()
                                    ? "No shipped recipe has a network with the names of this file (inkstone inspect lists them): choose one."
                                    : Words.of(
                                            "The file does not say which recipe it belongs to (%s): choose one.",
                                            names))
                    .about("recipe");
        }
        said.accept(Words.of(
                "By its names and sizes the file belongs to the recipe %s.",
                best.get(0).recipe()));
        return Recipes.load(best.get(0).recipe(), overrides);
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
