package io.inkstone.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.models.Families;
import io.inkstone.models.Family;
import io.inkstone.tensor.Precision;
import io.inkstone.train.OnDivergence;
import io.inkstone.train.OptimizerConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where recipes come from: those that ship, and YAML files. A recipe says only what differs from the defaults, or, with
 * {@code from}, from another recipe. What is loaded, and printed, is whole.
 */
public final class Recipes {
    private Recipes() {}

    /** Names and descriptions of the shipped recipes, in teaching order. */
    public static Map<String, String> shipped() {
        return RecipeText.shipped();
    }

    /**
     * A shipped recipe by name, or a YAML file by path, with overrides.
     *
     * @param overrides {@code KEY=VALUE} each
     */
    public static Recipe load(String nameOrFile, List<String> overrides) {
        return complete(RecipeText.of(nameOrFile), overrides);
    }

    /**
     * One of several recipes that are trained one after another.
     *
     * @param recipe a shipped name or a file
     * @param set overrides
     */
    public record Step(String recipe, List<String> set) {}

    /** The steps of a recipe that is a list of recipes; empty for an ordinary one. */
    public static List<Step> steps(String nameOrFile) {
        return RecipeTree.steps(RecipeText.of(nameOrFile).yaml(), nameOrFile);
    }

    /** A recipe from its text, which may build on shipped recipes only: where it lies is not known. */
    public static Recipe parse(String yaml, String name, List<String> overrides) {
        return complete(new RecipeText(name, yaml, Optional.empty()), overrides);
    }

    /**
     * A recipe that a run wrote. Where it was written before a key was there, it means what was done then.
     *
     * @param overrides {@code KEY=VALUE} each
     */
    public static Recipe ofRun(Path file, List<String> overrides) {
        return ofRun(RecipeText.of(file.toString()), overrides);
    }

    /** The same from its text, as it travels with weights. */
    public static Recipe ofRun(String yaml, String name, List<String> overrides) {
        return ofRun(new RecipeText(name, yaml, Optional.empty()), overrides);
    }

    private static Recipe ofRun(RecipeText text, List<String> overrides) {
        List<String> all = new ArrayList<>();
        if (!RecipeTree.parse(text.yaml(), text.name()).path("data").has("holdOutBy")) {
            all.add("data.holdOutBy=count");
        }
        all.addAll(overrides);
        return complete(text, all);
    }

    private static Recipe complete(RecipeText text, List<String> overrides) {
        List<RecipeLayer> layers = RecipeLayer.of(text);
        Family<?> family = family(layers.get(0), overrides);
        ObjectNode tree = defaults(family);
        for (RecipeLayer base : layers.subList(0, layers.size() - 1)) {
            RecipeTree.merge(tree, base.keys(), base.name());
            read(tree, family, base.name()); // so that a wrong value is told of the recipe that says it
        }
        RecipeTree.merge(tree, layers.get(layers.size() - 1).keys(), text.name());
        overrides.forEach(assignment -> RecipeTree.merge(tree, RecipeTree.override(assignment), assignment));
        return read(tree, family, text.name());
    }

    /** What overrides say last, or the lowest layer. */
    private static Family<?> family(RecipeLayer lowest, List<String> overrides) {
        return Families.named(overrides.stream()
                .map(assignment -> RecipeTree.override(assignment).path("system"))
                .filter(system -> !system.isMissingNode())
                .reduce((earlier, later) -> later)
                .map(JsonNode::asText)
                .orElseGet(lowest::system));
    }

    private static ObjectNode defaults(Family<?> family) {
        return tree(new Recipe(
                family.name(),
                DataConfig.of("avatars"),
                family.defaults(),
                OptimizerConfig.adam(1e-3),
                new EmaConfig(0),
                new TrainConfig(1, 64, false, 1, 1, 0, Precision.AUTO, 1, 5, 2, OnDivergence.STOP),
                new PreviewConfig(200, 0, 8, "auto", "auto", 0, 1, List.of())));
    }

    private static ObjectNode tree(Recipe recipe) {
        ObjectNode tree = RecipeTree.tree(Map.of());
        tree.put("system", recipe.system());
        tree.set("data", RecipeTree.tree(recipe.data()));
        tree.setAll(RecipeTree.tree(recipe.settings()));
        tree.set("optimizer", RecipeTree.tree(recipe.optimizer()));
        tree.set("ema", RecipeTree.tree(recipe.ema()));
        tree.set("train", RecipeTree.tree(recipe.train()));
        tree.set("preview", RecipeTree.tree(recipe.preview()));
        return tree;
    }

    private static Recipe read(ObjectNode tree, Family<?> family, String name) {
        ObjectNode settings = tree.deepCopy();
        settings.retain(RecipeTree.tree(family.defaults()).properties().stream()
                .map(Map.Entry::getKey)
                .toList());
        return new Recipe(
                family.name(),
                group(tree, "data", DataConfig.class, name),
                RecipeTree.record(settings, family.settingsType(), "", name),
                group(tree, "optimizer", OptimizerConfig.class, name),
                group(tree, "ema", EmaConfig.class, name),
                group(tree, "train", TrainConfig.class, name),
                group(tree, "preview", PreviewConfig.class, name));
    }

    private static <R> R group(ObjectNode tree, String key, Class<R> type, String name) {
        return RecipeTree.record(tree.get(key), type, key + ".", name);
    }

    /** Every key with its value, as YAML. */
    public static String print(Recipe recipe) {
        return RecipeTree.print(tree(recipe));
    }

    /** The dotted keys in which two recipes differ. */
    public static List<String> differences(Recipe one, Recipe other) {
        ObjectNode a = tree(one);
        ObjectNode b = tree(other);
        return RecipeTree.keys(a, "").stream()
                .filter(key -> !a.at("/" + key.replace('.', '/')).equals(b.at("/" + key.replace('.', '/'))))
                .toList();
    }

    /** What makes {@code after} of {@code before}, of one system, as {@code KEY=VALUE} each. */
    public static List<String> assignments(Recipe before, Recipe after) {
        ObjectNode to = tree(after);
        return differences(before, after).stream()
                .map(key -> key + "=" + to.at("/" + key.replace('.', '/')))
                .toList();
    }

    /** The same without what was auto before: filling that in is no change. */
    public static List<String> changes(Recipe before, Recipe after) {
        ObjectNode from = tree(before);
        return assignments(before, after).stream()
                .filter(change -> !from.at(
                                "/" + change.substring(0, change.indexOf('=')).replace('.', '/'))
                        .asText()
                        .equals("auto"))
                .toList();
    }
}
