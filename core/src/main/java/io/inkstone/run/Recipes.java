package io.inkstone.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.NearestName;
import io.inkstone.models.Families;
import io.inkstone.models.Family;
import io.inkstone.tensor.Precision;
import io.inkstone.train.OptimizerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Where recipes come from: those that ship, and YAML files. A file names only what differs from the defaults. */
public final class Recipes {
    private static final String FOLDER = "/io/inkstone/recipes/";

    private Recipes() {}

    /** Names and descriptions of the shipped recipes, in teaching order. */
    public static Map<String, String> shipped() {
        ObjectNode index = RecipeTree.parse(resource("index.yaml"), "index.yaml");
        Map<String, String> all = new java.util.LinkedHashMap<>();
        index.properties()
                .forEach(entry -> all.put(entry.getKey(), entry.getValue().asText()));
        return all;
    }

    /**
     * A shipped recipe by name, or a YAML file by path, with overrides.
     *
     * @param overrides {@code KEY=VALUE} each
     */
    public static Recipe load(String nameOrFile, List<String> overrides) {
        return parse(text(nameOrFile), nameOrFile, overrides);
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
        return RecipeTree.steps(text(nameOrFile), nameOrFile);
    }

    private static String text(String nameOrFile) {
        if (shipped().containsKey(nameOrFile)) {
            return resource(nameOrFile + ".yaml");
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new InputException("There is no recipe '%s', and no file of that name.%s See: inkstone recipes."
                    .formatted(
                            nameOrFile,
                            NearestName.suggestion(nameOrFile, shipped().keySet())));
        }
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new InputException("%s cannot be read: %s".formatted(file, failure.getMessage()), failure);
        }
    }

    /** A recipe from its text. */
    public static Recipe parse(String yaml, String name, List<String> overrides) {
        ObjectNode file = RecipeTree.parse(yaml, name);
        ObjectNode complete = defaults(family(file, overrides, name));
        RecipeTree.merge(complete, file, name);
        overrides.forEach(assignment -> RecipeTree.merge(complete, RecipeTree.override(assignment), "--set"));
        return read(complete, name);
    }

    private static Family<?> family(ObjectNode file, List<String> overrides, String name) {
        JsonNode system = file.get("system");
        for (String assignment : overrides) {
            system = RecipeTree.override(assignment).has("system")
                    ? RecipeTree.override(assignment).get("system")
                    : system;
        }
        if (system == null) {
            throw new InputException(
                    name + " does not say which system it trains: add a line such as 'system: diffusion'.");
        }
        return Families.named(system.asText());
    }

    private static ObjectNode defaults(Family<?> family) {
        return tree(new Recipe(
                family.name(),
                DataConfig.of("avatars"),
                family.defaults(),
                OptimizerConfig.adam(1e-3),
                new EmaConfig(0),
                new TrainConfig(1, 64, false, 1, 0, Precision.AUTO, 1, 2),
                new PreviewConfig(200, 0, 8, "auto", "auto", 0, 1)));
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

    private static Recipe read(ObjectNode tree, String name) {
        Family<?> family = Families.named(tree.get("system").asText());
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
    static List<String> differences(Recipe one, Recipe other) {
        ObjectNode a = tree(one);
        ObjectNode b = tree(other);
        return RecipeTree.keys(a, "").stream()
                .filter(key -> !a.at("/" + key.replace('.', '/')).equals(b.at("/" + key.replace('.', '/'))))
                .toList();
    }

    /** What makes {@code after} of {@code before}, of one system, as {@code KEY=VALUE} each. */
    static List<String> assignments(Recipe before, Recipe after) {
        ObjectNode to = tree(after);
        return differences(before, after).stream()
                .map(key -> key + "=" + to.at("/" + key.replace('.', '/')))
                .toList();
    }

    /** The same without what was auto before: filling that in is no change. */
    static List<String> changes(Recipe before, Recipe after) {
        ObjectNode from = tree(before);
        return assignments(before, after).stream()
                .filter(change -> !from.at(
                                "/" + change.substring(0, change.indexOf('=')).replace('.', '/'))
                        .asText()
                        .equals("auto"))
                .toList();
    }

    private static String resource(String name) {
        try (InputStream in = Recipes.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("The recipe " + name + " is listed but does not ship.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
