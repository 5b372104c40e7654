package io.inkstone.wish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.Choices;
import io.inkstone.InputException;
import io.inkstone.NearestName;
import io.inkstone.Words;
import io.inkstone.image.Size;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** The keys of a JSON object while a wish is read from it: each is asked for by its kind, and what nobody asked for is left. */
final class Fields {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode all;
    private final Set<String> known = new TreeSet<>();

    Fields(ObjectNode all) {
        this.all = all;
    }

    /** Of a text that is one JSON object. */
    static ObjectNode parsed(String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException broken) {
            throw new InputException("A wish is a JSON object such as {\"count\": 4}, and this text is none.", broken);
        }
        throw new InputException("A wish is a JSON object such as {\"count\": 4}, and this text is none.");
    }

    static ObjectNode empty() {
        return JSON.createObjectNode();
    }

    boolean has(String key) {
        return all.hasNonNull(key);
    }

    Optional<String> words(String key) {
        return read(key, JsonNode::isValueNode, "words", JsonNode::asText);
    }

    OptionalInt whole(String key) {
        return read(
                        key,
                        node -> node.isIntegralNumber() && node.canConvertToInt(),
                        "a whole number",
                        JsonNode::intValue)
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }

    OptionalLong large(String key) {
        return read(
                        key,
                        node -> node.isIntegralNumber() && node.canConvertToLong(),
                        "a whole number of 64 bits",
                        JsonNode::longValue)
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    OptionalDouble number(String key) {
        return read(key, JsonNode::isNumber, "a number", JsonNode::doubleValue)
                .map(OptionalDouble::of)
                .orElseGet(OptionalDouble::empty);
    }

    Optional<Boolean> flag(String key) {
        return read(key, JsonNode::isBoolean, "true or false", JsonNode::booleanValue);
    }

    Optional<ObjectNode> object(String key) {
        return read(key, JsonNode::isObject, "an object", ObjectNode.class::cast);
    }

    /** Of texts. */
    List<String> list(String key) {
        return read(key, Fields::isTexts, "a list of texts", node -> {
                    List<String> texts = new ArrayList<>();
                    node.forEach(each -> texts.add(each.textValue()));
                    return texts;
                })
                .orElse(List.of());
    }

    /** Of seeds. */
    List<Long> seeds(String key) {
        return read(key, Fields::isWholes, "a list of whole numbers", node -> {
                    List<Long> numbers = new ArrayList<>();
                    node.forEach(each -> numbers.add(each.longValue()));
                    return numbers;
                })
                .orElse(List.of());
    }

    /** Numbers by name. */
    Map<String, Double> numbers(String key) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        object(key).ifPresent(object -> object.properties().forEach(entry -> {
            require(key, entry.getValue(), JsonNode::isNumber, "numbers by name");
            numbers.put(entry.getKey(), entry.getValue().doubleValue());
        }));
        return numbers;
    }

    <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
        try {
            return words(key).map(word -> Choices.named(type, word, key));
        } catch (InputException unknown) {
            throw unknown.about(key);
        }
    }

    /** Of pictures. */
    Optional<Size> size(String key) {
        try {
            return words(key).map(Size::parse);
        } catch (InputException wrong) {
            throw new InputException(key + ": " + wrong.getMessage(), wrong).about(key);
        }
    }

    private static boolean isTexts(JsonNode node) {
        return isListOf(node, JsonNode::isTextual);
    }

    private static boolean isWholes(JsonNode node) {
        return isListOf(node, each -> each.isIntegralNumber() && each.canConvertToLong());
    }

    private static boolean isListOf(JsonNode node, Predicate<JsonNode> kind) {
        boolean right = node.isArray();
        for (JsonNode each : node) {
            right &= kind.test(each);
        }
        return right;
    }

    private <T> Optional<T> read(String key, Predicate<JsonNode> kind, String what, Function<JsonNode, T> value) {
        known.add(key);
        JsonNode node = all.get(key);
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        require(key, node, kind, what);
        return Optional.of(value.apply(node));
    }

    private static void require(String key, JsonNode node, Predicate<JsonNode> kind, String what) {
        if (!kind.test(node)) {
            throw new InputException(Words.of("%s takes %s, got %s.", key, what, node)).about(key);
        }
    }

    /** The first key that nobody asked for. */
    Optional<String> unknown() {
        List<String> names = new ArrayList<>();
        all.fieldNames().forEachRemaining(names::add);
        return names.stream().filter(name -> !known.contains(name)).findFirst();
    }

    /** Refuses keys that nobody asked for. */
    void requireKnown() {
        unknown().ifPresent(name -> {
            throw new InputException(Words.of(
                            "There is no key '%s' in a wish.%s Known: %s.",
                            name, NearestName.suggestion(name, known), String.join(", ", known)))
                    .about(name);
        });
    }
}
