package io.inkstone.run.part;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.Environment;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.checkpoint.Checkpoints;
import io.inkstone.tensor.ComputeDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Makes run directories of weights that come from elsewhere: whole under their name, or not at all. */
final class NewRun {
    private NewRun() {}

    /** What a run holds beside its recipe. */
    interface Content {
        void writeTo(RunDirectory run) throws IOException;
    }

    /**
     * What weights say of themselves that came from elsewhere.
     *
     * @param recipe of their run
     * @param source from where
     */
    static Map<String, String> metadata(Recipe recipe, String source) {
        return Map.of(
                "format",
                "pt",
                "inkstone",
                Environment.version(),
                "recipe",
                Recipes.print(recipe),
                "step",
                "0",
                "imported",
                source);
    }

    /** @param out must not exist yet, or be an empty folder */
    static RunDirectory make(Path out, Recipe recipe, ComputeDevice device, Content content) {
        WeightImport.requireFree(out);
        Path whole = out.toAbsolutePath().normalize();
        Path temporary = whole.resolveSibling("." + whole.getFileName() + ".tmp");
        try {
            Files.createDirectories(whole.getParent());
            Checkpoints.delete(temporary);
            try {
                Environment here = Environment.here(device, recipe.train().precision());
                content.writeTo(RunDirectory.create(temporary, false, recipe, here));
                Files.deleteIfExists(whole);
                Files.move(temporary, whole, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Checkpoints.delete(temporary);
            }
        } catch (IOException failure) {
            throw new InputException(
                            Words.of(
                                    "The run directory %s cannot be written: %s. Choose another place.",
                                    out, RunDirectory.reason(failure)),
                            failure)
                    .about("out");
        }
        return RunDirectory.existing(out);
    }
}
