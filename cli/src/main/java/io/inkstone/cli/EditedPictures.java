package io.inkstone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.array.NdArray;
import io.inkstone.image.Sheet;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.Environment;
import io.inkstone.run.SavedRun;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The common end of the commands that change pictures or go from one to another: a file that says what was done. */
record EditedPictures(TrainedRun run, SavedRun saved, String command) {
    /** The PNG keyword. */
    static final String KEYWORD = "inkstone.edit";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param said the options that made the pictures, by their names */
    void write(Path file, NdArray pictures, Sheet sheet, Map<String, Object> said) {
        Written.pictures(file, pictures, sheet, text(said));
        run.common().print(file.toString(), Map.of("file", file.toString(), "shape", pictures.shape()));
    }

    private Map<String, String> text(Map<String, Object> said) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("command", command);
        all.putAll(said);
        all.put("run", saved.directory().root().toAbsolutePath().normalize().toString());
        all.put("checkpoint", saved.checkpoint());
        all.put("hash", saved.hash());
        try {
            return Map.of(
                    "Software",
                    "Inkstone " + Environment.version(),
                    "inkstone.recipe",
                    Recipes.print(saved.recipe()),
                    KEYWORD,
                    JSON.writeValueAsString(all));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
