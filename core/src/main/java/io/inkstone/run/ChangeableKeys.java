package io.inkstone.run;

import io.inkstone.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Which keys of a recipe may change when a run goes on. */
final class ChangeableKeys {
    private static final List<String> FREE =
            List.of("train.epochs", "train.saveEveryEpochs", "train.keep", "data.source", "model.checkpointing");

    private ChangeableKeys() {}

    /** The run's recipe with {@code overrides}; a sentence for keys that would make it another run. Writes nothing. */
    static Recipe changed(RunDirectory run, List<String> overrides) {
        Recipe before = run.recipe();
        if (overrides.isEmpty()) {
            return before;
        }
        try {
            Recipe after = Recipes.parse(
                    Files.readString(run.recipeFile()), run.recipeFile().toString(), overrides);
            for (String key : Recipes.differences(before, after)) {
                if (!FREE.contains(key) && !key.startsWith("preview.")) {
                    throw new InputException(
                            "'%s' cannot change when a run goes on: what was learned so far depends on it. May change: %s and preview.*. Start a new run from these weights instead: inkstone train … --from %s."
                                    .formatted(key, String.join(", ", FREE), run.root()));
                }
            }
            return after;
        } catch (IOException failure) {
            throw new InputException(
                    "%s cannot be read: %s".formatted(run.recipeFile(), failure.getMessage()), failure);
        }
    }
}
