package io.inkstone.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.NearestName;
import io.inkstone.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Recipes as trees of keys: reading, overriding, and naming what is wrong by its dotted key. */
public final class RecipeTree {
    private static final ObjectMapper RECORDS = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private RecipeTree() {}

    /** @param name of the file or recipe, for messages */
    public static ObjectNode parse(String yaml, String name) {
        try {
            if (YamlText.read(yaml) instanceof ObjectNode tree) {
                return tree;
            }
        } catch (JsonProcessingException broken) {
            throw new InputException(
                    Words.of(
                            "%s is not YAML: %s (line %d).",
                            name,
                            broken.getOriginalMessage().lines().findFirst().orElse("unreadable"),
                            broken.getLocation() == null
                                    ? 0
                                    : broken.getLocation().getLineNr()),
                    broken);
        }
        throw new InputException(name + " is no recipe: it must hold keys such as 'system: diffusion'.");
    }

    /** The entries of a list of recipes: names, or {@code recipe:} with {@code set:}; empty for a tree of keys. */
    static List<Recipes.Step> steps(String yaml, String name) {
        try {
            List<Recipes.Step> steps = new ArrayList<>();
            JsonNode list = YamlText.read(yaml);
            if (!list.isArray()) {
                return steps;
            }
            for (JsonNode entry : list) {
                List<String> set = new ArrayList<>();
                entry.path("set").forEach(assignment -> set.add(assignment.asText()));
                String recipe = entry.isTextual()
                        ? entry.asText()
                        : entry.path("recipe").asText();
                if (recipe.isEmpty()) {
                    throw new InputException(
                            name + ": an entry of a list is a recipe's name, or has the key 'recipe'.");
                }
                steps.add(new Recipes.Step(recipe, set));
            }
            return steps;
        } catch (JsonProcessingException broken) {
            return List.of(); // parse says what is wrong
        }
    }

    static String print(JsonNode tree) {
        try {
            return YamlText.write(tree);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static ObjectNode tree(Object record) {
        return RECORDS.valueToTree(record);
    }

    /** Writes the keys of {@code changes} over {@code base}; every key must be there already. */
    static void merge(ObjectNode base, ObjectNode changes, String name) {
        merge(base, changes, "", name, base);
    }

    private static void merge(ObjectNode base, ObjectNode changes, String prefix, String name, ObjectNode root) {
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            String key = prefix + change.getKey();
            JsonNode old = base.get(change.getKey());
            if (old == null) {
                throw new InputException(Words.of(
                        "%s: there is no key '%s'.%s",
                        name, key, NearestName.suggestion(key, candidates(root, change.getValue()))));
            }
            if (old instanceof ObjectNode group) {
                if (!(change.getValue() instanceof ObjectNode inner)) {
                    throw new InputException(Words.of(
                            "%s: '%s' is a group of keys (%s), got %s.",
                            name, key, String.join(", ", keys(group, key + ".")), change.getValue()));
                }
                merge(group, inner, key + ".", name, root);
            } else {
                base.set(change.getKey(), change.getValue());
            }
        }
    }

    /** What may have been meant: groups where a group was written, else keys. */
    private static List<String> candidates(ObjectNode root, JsonNode written) {
        return written.isObject() ? groups(root, "") : keys(root, "");
    }

    private static List<String> groups(ObjectNode tree, String prefix) {
        List<String> groups = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : tree.properties()) {
            if (entry.getValue() instanceof ObjectNode group) {
                groups.add(prefix + entry.getKey());
                groups.addAll(groups(group, prefix + entry.getKey() + "."));
            }
        }
        return groups;
    }

    /** All dotted keys of a tree, leaves only. */
    public static List<String> keys(ObjectNode tree, String prefix) {
        List<String> keys = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : tree.properties()) {
            if (entry.getValue() instanceof ObjectNode group) {
                keys.addAll(keys(group, prefix + entry.getKey() + "."));
            } else {
                keys.add(prefix + entry.getKey());
            }
        }
        return keys;
    }

    /** {@code model.width=128} as a tree; the value is YAML. */
    public static ObjectNode override(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new InputException(
                            "A key of a recipe is set as KEY=VALUE, such as model.width=128, got '" + assignment + "'.")
                    .about("set");
        }
        ObjectNode root = YamlText.object();
        ObjectNode group = root;
        String[] path = assignment.substring(0, equals).strip().split("\\.");
        if (path[0].equals("from")) {
            throw new InputException(Words.of(
                            "%s: what a recipe builds on is said in its file. Write a file with 'from: %s' and your own keys.",
                            assignment, assignment.substring(equals + 1).strip()))
                    .about("set");
        }
        for (int i = 0; i + 1 < path.length; i++) {
            group = group.putObject(path[i]);
        }
        group.set(path[path.length - 1], value(assignment.substring(equals + 1), assignment));
        return root;
    }

    private static JsonNode value(String yaml, String assignment) {
        try {
            return YamlText.value(
                    yaml, assignment.substring(0, assignment.indexOf('=')).strip());
        } catch (JsonProcessingException broken) {
            throw new InputException("The value of '" + assignment + "' cannot be read.", broken).about("set");
        }
    }

    /** A tree as a record; a wrong value is named by its key. */
    static <R> R record(JsonNode tree, Class<R> type, String prefix, String name) {
        try {
            return RECORDS.treeToValue(tree, type);
        } catch (JsonMappingException wrong) {
            if (rootCause(wrong) instanceof InputException ours
                    && wrong.getPath().isEmpty()) {
                throw ours;
            }
            String key = prefix
                    + wrong.getPath().stream()
                            .map(reference -> reference.getFieldName() == null
                                    ? "[" + reference.getIndex() + "]"
                                    : reference.getFieldName())
                            .collect(Collectors.joining("."));
            throw new InputException(Words.of("%s: %s: %s", name, key, reason(wrong, tree)), wrong);
        } catch (JsonProcessingException broken) {
            throw new InputException(Words.of("%s cannot be read: %s", name, broken.getOriginalMessage()), broken);
        }
    }

    private static String reason(JsonMappingException wrong, JsonNode tree) {
        if (rootCause(wrong) instanceof InputException ours) {
            return ours.getMessage();
        }
        return WrongValue.said(wrong, tree);
    }

    private static Throwable rootCause(Throwable failure) {
        while (failure.getCause() != null) {
            failure = failure.getCause();
        }
        return failure;
    }
}
