package io.inkstone.run;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.ClassOrder;
import io.inkstone.data.DataInfo;
import io.inkstone.recipe.Recipe;
import java.util.List;
import java.util.Optional;

/** What the {@code data.classes} of a recipe that begins mean for its data: an order of their classes, or other names. */
final class SaidClasses {
    private SaidClasses() {}

    /**
     * The order of the classes of {@code data} that the recipe says; empty where it is their own, or where it says other
     * names.
     *
     * @param recipe resolved
     */
    static Optional<ClassOrder> order(Recipe recipe, DataInfo data) {
        List<String> said = said(recipe);
        if (said.isEmpty() || said.equals(data.classes())) {
            return Optional.empty();
        }
        if (said.size() != data.classes().size()) {
            throw new InputException(Words.of(
                    "data.classes says %s, the data %s has %s: say one name a class, or leave data.classes out.",
                    ClassOrder.words(said), data.name(), ClassOrder.words(data.classes())));
        }
        return ClassOrder.ofNames(said, data.classes());
    }

    /** A sentence about names that are not the data's own; digits and other numbers may have names without a word. */
    static Optional<String> renamed(Recipe recipe, DataInfo data) {
        List<String> said = said(recipe);
        boolean others = said.size() == data.classes().size()
                && ClassOrder.ofNames(said, data.classes()).isEmpty();
        boolean numbers = data.classes().stream().allMatch(name -> name.matches("\\d+"));
        return others && !numbers
                ? Optional.of(Words.of(
                        "The recipe calls the classes of %s by other names, place by place: %s instead of %s.",
                        data.name(), ClassOrder.words(said), ClassOrder.words(data.classes())))
                : Optional.empty();
    }

    private static List<String> said(Recipe recipe) {
        return recipe.data().form().classes();
    }
}
