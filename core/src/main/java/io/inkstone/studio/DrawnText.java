package io.inkstone.studio;

import io.inkstone.run.Environment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The text inside PNG files: where a picture comes from, and how to draw it again.
 *
 * @param recipe of the run, printed
 * @param wish entries that say what was asked for, of each picture
 */
record DrawnText(String recipe, IntFunction<Map<String, String>> wish) {
    Map<String, String> of(int index) {
        Map<String, String> text = new LinkedHashMap<>();
        text.put("Software", "Inkstone " + Environment.version());
        text.put("inkstone.recipe", recipe);
        text.putAll(wish.apply(index));
        return text;
    }
}
