package io.inkstone.run.part;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.ClassOrder;
import io.inkstone.recipe.ClassNames;
import io.inkstone.recipe.DataConfig;
import io.inkstone.recipe.Recipes;
import io.inkstone.weights.WeightSet;
import java.util.List;

/** The names of classes that travel with our own weights. */
final class FileClasses {
    private FileClasses() {}

    /**
     * {@code data} with the classes that the file knows, in its order; refuses a recipe that says others, with both lists.
     *
     * @param data resolved
     * @param said by the recipe as it was asked for
     */
    static DataConfig named(DataConfig data, ClassNames said, WeightSet file) {
        List<String> known = known(file);
        if (known.isEmpty()) {
            return data;
        }
        List<String> wanted = said.names().orElse(known);
        if (ClassOrder.of(wanted, known).isEmpty()) {
            throw new InputException(Words.of(
                    "The weights know %s, the recipe says %s%s: leave data.classes out, and they keep their names.",
                    ClassOrder.words(known), ClassOrder.words(wanted), ClassOrder.difference(known, wanted)));
        }
        return data.withClasses(ClassOrder.ofNames(wanted, known).isPresent() ? known : wanted);
    }

    private static List<String> known(WeightSet file) {
        String yaml = file.metadata().get("recipe");
        if (yaml == null) {
            return List.of();
        }
        try {
            ClassNames classes = Recipes.ofRun(yaml, "the recipe in the file", List.of())
                    .data()
                    .classes();
            return classes.names().orElse(List.of());
        } catch (InputException noneOfOurs) {
            return List.of(); // another program's, or a later version's: the file is read by its shapes
        }
    }
}
