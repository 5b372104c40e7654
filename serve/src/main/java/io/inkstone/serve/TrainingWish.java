package io.inkstone.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.Words;
import io.inkstone.data.source.Embedded;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.TunedRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What somebody wants to be trained: a shipped recipe and the keys in which it differs. No path comes from the request: pictures
 * are an embedded set or a name in the server's folder of pictures, a first stage is a run by its name.
 *
 * @param recipe name of a shipped recipe
 * @param set {@code KEY=VALUE} each
 */
record TrainingWish(String recipe, List<String> set) {
    static final String SOURCE = "data.source";
    static final String FIRST_STAGE = "firstStage.run";

    /** Keys that would read files of the request's choice, or make another recipe of this one. */
    private static final List<String> CLOSED = List.of("data.tokenizer", "model.text.from", "system", "from");

    static TrainingWish read(String recipe, JsonNode set, Models models, Pictures pictures) {
        requireTrainable(recipe);
        List<String> all = new ArrayList<>();
        if (!set.isMissingNode() && !set.isNull() && !(set instanceof ObjectNode)) {
            throw ApiError.invalid("set", "'set' is an object of keys and values.");
        }
        for (Map.Entry<String, JsonNode> each : set.properties()) {
            all.add(each.getKey() + "=" + value(each.getKey(), each.getValue(), models, pictures));
        }
        return new TrainingWish(recipe, all);
    }

    private static JsonNode value(String key, JsonNode value, Models models, Pictures pictures) {
        if (CLOSED.contains(key) || !key.matches("[A-Za-z0-9]+(\\.[A-Za-z0-9]+)*")) {
            throw ApiError.invalid(key, Words.of("'%s' cannot be set here: train from the command line.", key));
        }
        if (value.isObject()) { // the keys inside would pass unseen
            throw ApiError.invalid(key, Words.of("Say the keys of '%s' one by one, such as %s.KEY.", key, key));
        }
        return switch (key) {
            case SOURCE -> RequestFields.JSON.getNodeFactory().textNode(pictures.source(value.asText()));
            case FIRST_STAGE ->
                RequestFields.JSON
                        .getNodeFactory()
                        .textNode(models.root(value.asText())
                                .toAbsolutePath()
                                .normalize()
                                .toString());
            default -> value;
        };
    }

    /** Whether it is one recipe, and one that needs nothing which only the command line can give. */
    static boolean isTrainable(String recipe) {
        return Recipes.shipped().containsKey(recipe)
                && Recipes.steps(recipe).isEmpty()
                && !recipe.equals("stable-diffusion")
                && !TunedRun.tunes(Recipes.load(recipe, List.of()));
    }

    static void requireTrainable(String recipe) {
        if (!isTrainable(recipe)) {
            throw new ApiError(
                    ApiError.Kind.NOT_FOUND,
                    Words.of("There is no recipe '%s' that can be trained from here: see /api/recipes.", recipe));
        }
    }

    Recipe load() {
        return Recipes.load(recipe, set);
    }

    /** The words of the command line that trains it. */
    List<String> command(Path out) {
        List<String> words = new ArrayList<>(List.of("train", recipe, "--out", out.toString()));
        set.forEach(each -> words.addAll(List.of("--set", each)));
        return words;
    }

    /**
     * Sets of pictures that can be trained on by their names.
     *
     * @param folder where further ones lie; null for none
     */
    record Pictures(Path folder) {
        List<String> names() {
            List<String> names = new ArrayList<>(
                    Arrays.stream(Embedded.values()).map(Embedded::label).toList());
            if (folder != null && Files.isDirectory(folder)) {
                try (var files = Files.list(folder)) {
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.startsWith("."))
                            .sorted()
                            .forEach(names::add);
                } catch (java.io.IOException unreadable) {
                    throw new java.io.UncheckedIOException(unreadable);
                }
            }
            return names;
        }

        String source(String name) {
            if (Arrays.stream(Embedded.values()).anyMatch(set -> set.label().equals(name))) {
                return name;
            }
            if (!names().contains(name)) {
                throw ApiError.invalid(
                        SOURCE,
                        Words.of(
                                "There are no pictures '%s' here, but: %s. Further ones lie in the folder that the server is told by --pictures.",
                                name, String.join(", ", names())));
            }
            return folder.resolve(name).toAbsolutePath().normalize().toString();
        }
    }
}
