package io.inkstone.run.preview;

import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.Environment;
import io.inkstone.train.Trainer;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** The text entries of pictures that are drawn while training: where they come from, and when they were made. */
final class PictureText {
    private PictureText() {}

    static Map<String, String> of(Recipe recipe, Trainer trainer) {
        Map<String, String> text = new LinkedHashMap<>();
        text.put("Software", "Inkstone " + Environment.version());
        text.put("Creation Time", ZonedDateTime.now().format(DateTimeFormatter.RFC_1123_DATE_TIME));
        text.put("inkstone.recipe", Recipes.print(recipe));
        text.put("inkstone.step", String.valueOf(trainer.position().step()));
        return text;
    }
}
