package io.inkstone.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one recipe says itself; it lies over what those say that it builds on.
 *
 * @param name of the recipe, for messages
 * @param keys its own, without {@code from}
 */
record RecipeLayer(String name, ObjectNode keys) {
    private static final String FROM = "from";

    /**
     * A recipe and all that it builds on, the lowest first, itself last; all are of one system. Errors name the recipe that
     * says what is wrong: a base that does not exist, a circle, another system.
     */
    static List<RecipeLayer> of(RecipeText recipe) {
        LinkedList<RecipeLayer> layers = new LinkedList<>();
        List<RecipeText> chain = new ArrayList<>();
        RecipeText next = recipe;
        while (next != null) {
            requireNoCircle(chain, next);
            chain.add(next);
            ObjectNode keys = RecipeTree.parse(next.yaml(), next.name());
            JsonNode from = keys.remove(FROM);
            layers.addFirst(new RecipeLayer(next.name(), keys));
            next = from == null ? null : base(next, from);
        }
        requireOneSystem(layers);
        return layers;
    }

    private static RecipeText base(RecipeText recipe, JsonNode from) {
        if (!from.isTextual() || from.asText().isBlank()) {
            throw new InputException(Words.of(
                    "%s: 'from' must be the name of a recipe or the path of its file, such as 'from: sprites', got %s.",
                    recipe.name(), from));
        }
        RecipeText base = recipe.base(from.asText());
        List<Recipes.Step> steps = RecipeTree.steps(base.yaml(), base.name());
        if (!steps.isEmpty()) {
            throw new InputException(Words.of(
                    "%s: 'from' must name one recipe, and %s is a list of them. Name one of its own: %s.",
                    recipe.name(),
                    base.name(),
                    steps.stream().map(Recipes.Step::recipe).collect(Collectors.joining(", "))));
        }
        return base;
    }

    private static void requireNoCircle(List<RecipeText> chain, RecipeText next) {
        if (chain.stream().anyMatch(next::is)) {
            throw new InputException(Words.of(
                    "%s: recipes build on each other in a circle (%s, %s). One of them must do without 'from'.",
                    chain.get(chain.size() - 1).name(),
                    chain.stream().map(RecipeText::name).collect(Collectors.joining(", ")),
                    next.name()));
        }
    }

    /** Keys of one system mean nothing to another, or, worse, something else. */
    private static void requireOneSystem(List<RecipeLayer> layers) {
        for (RecipeLayer layer : layers.subList(1, layers.size())) {
            String system = layers.get(0).system();
            if (layer.saysSystem() && !layer.system().equals(system)) {
                throw new InputException(Words.of(
                        "%s: its system is '%s', but '%s' that of %s, which it builds on. Leave out 'system', or build on a recipe of system '%s'.",
                        layer.name(),
                        layer.system(),
                        system,
                        layers.get(layers.indexOf(layer) - 1).name(),
                        layer.system()));
            }
        }
    }

    /** Name of the family that the lowest layer must say. */
    String system() {
        if (!saysSystem()) {
            throw new InputException(
                    name
                            + " does not say which system it trains: add a line such as 'system: diffusion', or 'from: sprites' to build on a recipe.");
        }
        return keys.get("system").asText();
    }

    private boolean saysSystem() {
        return keys.has("system");
    }
}
