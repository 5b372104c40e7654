package io.inkstone.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.array.NdArray;
import io.inkstone.image.Sheet;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.Environment;
import io.inkstone.run.SavedRun;
import io.inkstone.wish.Source;
import io.inkstone.wish.Wish;
import java.nio.file.Path;
import java.util.Map;

/** The common end of the commands that change pictures or go from one to another: a file that says what was done. */
record EditedPictures(TrainedRun run, SavedRun saved) {
    /** The PNG keyword. */
    static final String KEYWORD = "inkstone.edit";

    /** @param wish that made the pictures */
    void write(Path file, NdArray pictures, Sheet sheet, Wish wish) {
        Written.pictures(file, pictures, sheet, text(wish));
        run.common().print(file.toString(), Map.of("file", file.toString(), "shape", pictures.shape()));
    }

    private Map<String, String> text(Wish wish) {
        ObjectNode all = wish.json();
        Source.of(saved).write(all);
        return Map.of(
                "Software",
                "Inkstone " + Environment.version(),
                "inkstone.recipe",
                Recipes.print(saved.recipe()),
                KEYWORD,
                all.toString());
    }
}
