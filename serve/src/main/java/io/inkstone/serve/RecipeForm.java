package io.inkstone.serve;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.RecipeTree;
import io.inkstone.recipe.Recipes;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The keys of a recipe as fields of a form: what kind of value each takes, its value here, its words, its meaning. */
final class RecipeForm {
    private final Recipe recipe;
    private final ObjectNode tree;
    private final KeyWords words;
    private final Map<String, List<String>> choices = new HashMap<>();

    RecipeForm(Recipe recipe, KeyWords words) {
        this.recipe = recipe;
        this.words = words;
        tree = RecipeTree.parse(Recipes.print(recipe), "this recipe");
        choose(recipe, "");
        choose(recipe.settings(), "");
    }

    /** All of them, in the recipe's order. */
    void write(ObjectNode body) {
        var keys = body.putArray("keys");
        for (String key : RecipeTree.keys(tree, "")) {
            if (!key.equals("system")) {
                write(key, keys.addObject());
            }
        }
    }

    private void write(String key, ObjectNode field) {
        JsonNode value = tree.at("/" + key.replace('.', '/'));
        List<String> known = choices.get(key);
        field.put("key", key).put("kind", kind(value, known != null)).set("value", value);
        if (known != null) {
            known.forEach(field.putArray("choices")::add);
        }
        words.of(recipe.system(), key).ifPresent(meaning -> {
            field.put("meaning", meaning.text());
            if (!meaning.range().isEmpty()) {
                field.put("range", meaning.range());
            }
        });
    }

    private static String kind(JsonNode value, boolean isChoice) {
        if (isChoice) {
            return "choice";
        }
        if (value.isBoolean()) {
            return "flag";
        }
        return value.isNumber() ? "number" : value.isArray() ? "list" : "words";
    }

    /** The constants of every component that is one of an enumeration. */
    private void choose(Object record, String prefix) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = value(component, record);
            String key = prefix + component.getName();
            if (value instanceof Enum<?> constant) {
                choices.put(
                        key,
                        Arrays.stream(constant.getDeclaringClass().getEnumConstants())
                                .map(each ->
                                        RequestFields.JSON.valueToTree(each).asText())
                                .toList());
            } else if (value instanceof Record group
                    && component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                choose(group, prefix);
            } else if (value instanceof Record group
                    && tree.at("/" + key.replace('.', '/')).isObject()) {
                choose(group, key + ".");
            }
        }
    }

    private static Object value(RecordComponent component, Object record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
