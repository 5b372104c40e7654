package io.inkstone.weights.layout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.inkstone.InputException;
import io.inkstone.NearestName;
import io.inkstone.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The {@code config.json} of one part of a published model, read key by key. What nobody has asked for by the end is an
 * error: a key that this version does not know may change what the part computes.
 */
public final class PartConfig {
    /** How the weights were averaged: diffusers' EMAModel writes it into the config of what it saves ({@code unet_ema}). */
    private static final Set<String> AVERAGING = Set.of(
            "decay", "min_decay", "optimization_step", "update_after_step", "use_ema_warmup", "inv_gamma", "power");

    private final String part;
    private final JsonNode json;
    private final Set<String> known = new LinkedHashSet<>();

    private PartConfig(String part, JsonNode json) {
        this.part = part;
        this.json = json;
    }

    /**
     * @param part for messages, such as "unet"
     * @param text of the file
     */
    public static PartConfig parse(String part, String text) {
        try {
            JsonNode json = new ObjectMapper().readTree(text);
            if (json == null || !json.isObject()) {
                throw new InputException(Words.of(
                        "The config.json of %s holds no JSON object: give a folder that diffusers has saved.", part));
            }
            PartConfig config = new PartConfig(part, json);
            config.ignore(AVERAGING);
            return config;
        } catch (JsonProcessingException broken) {
            throw new InputException(
                    Words.of(
                            "The config.json of %s is not JSON: %s.",
                            part,
                            broken.getOriginalMessage().lines().findFirst().orElse("unreadable")),
                    broken);
        }
    }

    /** For messages. */
    public String part() {
        return part;
    }

    /** A whole number of 1 or more. */
    public int count(String key, int otherwise) {
        return of(key).isNull() ? otherwise : positive(key, of(key));
    }

    /** A whole number of 1 or more, or nothing. */
    public OptionalInt countIfAny(String key) {
        return of(key).isNull() ? OptionalInt.empty() : OptionalInt.of(positive(key, of(key)));
    }

    /** A whole number of 0 or more. */
    public int number(String key, int otherwise) {
        JsonNode node = of(key);
        if (node.isNull()) {
            return otherwise;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.asInt() < 0) {
            throw wrong(key, node, "a whole number");
        }
        return node.asInt();
    }

    /** Any number. */
    public double real(String key, double otherwise) {
        JsonNode node = of(key);
        if (!node.isNull() && !node.isNumber()) {
            throw wrong(key, node, "a number");
        }
        return node.isNull() ? otherwise : node.asDouble();
    }

    public boolean flag(String key, boolean otherwise) {
        JsonNode node = of(key);
        if (!node.isNull() && !node.isBoolean()) {
            throw wrong(key, node, "true or false");
        }
        return node.isNull() ? otherwise : node.asBoolean();
    }

    public String word(String key, String otherwise) {
        JsonNode node = of(key);
        if (!node.isNull() && !node.isTextual()) {
            throw wrong(key, node, "a word");
        }
        return node.isNull() ? otherwise : node.asText();
    }

    public List<String> words(String key, List<String> otherwise) {
        List<String> words = new ArrayList<>();
        for (JsonNode each : listed(key)) {
            if (!each.isTextual()) {
                throw wrong(key, of(key), "a list of words");
            }
            words.add(each.asText());
        }
        return of(key).isNull() ? otherwise : words;
    }

    /** Whole numbers of 1 or more. */
    public List<Integer> counts(String key, List<Integer> otherwise) {
        List<Integer> counts = new ArrayList<>();
        listed(key).forEach(each -> counts.add(positive(key, each)));
        return of(key).isNull() ? otherwise : counts;
    }

    /** A whole number of 1 or more for each of {@code size} levels: a list of them, or one for all. */
    public List<Integer> countPerLevel(String key, int size, int otherwise) {
        JsonNode node = of(key);
        if (!node.isArray()) {
            return Collections.nCopies(size, count(key, otherwise));
        }
        if (node.size() != size) {
            throw wrong(key, node, Words.of("a number, or one for each of %d levels", size));
        }
        return counts(key, List.of());
    }

    /** Refuses everything but {@code only} (JSON) where the key stands; what stands nowhere is that. */
    public void require(String key, String only) {
        JsonNode node = of(key);
        if (!node.isNull() && !node.toString().equals(only)) {
            throw new InputException(
                    Words.of("The config.json of %s says %s %s; only %s can be computed here.", part, key, node, only));
        }
    }

    /** Refuses any value of a key that asks for something which cannot be computed here. */
    public void requireNothing(String key) {
        if (!of(key).isNull()) {
            throw new InputException(Words.of(
                    "The config.json of %s says %s %s; a network without it can be computed here.",
                    part, key, of(key)));
        }
    }

    /** Whether the key stands there and says null, where that is something else than to leave it out. */
    public boolean isNull(String key) {
        known.add(key);
        return json.has(key) && json.get(key).isNull();
    }

    /** Whether the key has a list for its value. */
    public boolean isList(String key) {
        return of(key).isArray();
    }

    /** Passes over keys that change no answer. */
    public void ignore(Set<String> keys) {
        known.addAll(keys);
    }

    /** Refuses keys that nobody asked for; null and names that begin with an underscore say nothing. */
    public void requireKnown() {
        json.fields().forEachRemaining(field -> {
            String key = field.getKey();
            if (!known.contains(key)
                    && !key.startsWith("_")
                    && !field.getValue().isNull()) {
                throw new InputException(Words.of(
                        "The config.json of %s says %s %s, which is not known here and may change what it computes.%s",
                        part, key, field.getValue(), NearestName.suggestion(key, known)));
            }
        });
    }

    private JsonNode of(String key) {
        known.add(key);
        return json.hasNonNull(key) ? json.get(key) : NullNode.getInstance();
    }

    private Iterable<JsonNode> listed(String key) {
        JsonNode node = of(key);
        if (!node.isNull() && !node.isArray()) {
            throw wrong(key, node, "a list");
        }
        return node;
    }

    private int positive(String key, JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.asInt() < 1) {
            throw wrong(key, node, "a whole number of 1 or more");
        }
        return node.asInt();
    }

    private InputException wrong(String key, JsonNode node, String expected) {
        return new InputException(
                Words.of("The config.json of %s says %s %s; %s was expected.", part, key, node, expected));
    }
}
