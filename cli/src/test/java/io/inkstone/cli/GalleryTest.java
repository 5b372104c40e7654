package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.inkstone.image.PngText;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The gallery promises that the command beside a picture draws it: the recipe inside the picture is the command's. */
class GalleryTest {
    private static final Path GALLERY = Path.of("..", "gallery");
    private static final Pattern ROW = Pattern.compile("^\\| (!.*) \\| (.*) \\|$", Pattern.MULTILINE);
    private static final Pattern PICTURE = Pattern.compile("\\]\\(([^)]+\\.png)\\)");
    private static final Pattern TRAIN = Pattern.compile("`inkstone train ([a-z-]+)([^`]*)`");
    private static final Pattern SET = Pattern.compile("--set (\\S+)");

    @Test
    void picturesAreDrawnByTheRecipesBesideThem() throws IOException {
        int compared = 0;
        for (MatchResult row : rows()) {
            Matcher command = TRAIN.matcher(row.group(2));
            if (command.find()) {
                for (String picture : all(PICTURE, row.group(1))) {
                    String text = PngText.read(GALLERY.resolve(picture)).get("inkstone.recipe");
                    if (text != null) {
                        Map<String, String> wanted = keys(Recipes.load(command.group(1), all(SET, command.group(2))));
                        Map<String, String> inside = keys(Recipes.parse(text, picture, List.of()));
                        inside.keySet().retainAll(wanted.keySet());
                        assertThat(inside).as(picture).isEqualTo(wanted);
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(15);
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(GALLERY.resolve("README.md")))
                .results()
                .toList();
    }

    /** What a recipe says itself, by dotted key; what it leaves to its data is not among it. */
    private static Map<String, String> keys(Recipe recipe) throws IOException {
        Map<String, String> keys = new TreeMap<>();
        flatten(new YAMLMapper().readTree(Recipes.print(recipe)), "", keys);
        keys.keySet().removeIf(key -> key.startsWith("data.") || key.startsWith("firstStage."));
        keys.values().removeIf("auto"::equals);
        return keys;
    }

    private static void flatten(JsonNode node, String key, Map<String, String> keys) {
        if (!node.isObject()) {
            keys.put(key, node.isTextual() ? node.asText() : node.toString());
        }
        node.properties()
                .forEach(entry ->
                        flatten(entry.getValue(), key.isEmpty() ? entry.getKey() : key + "." + entry.getKey(), keys));
    }
}
