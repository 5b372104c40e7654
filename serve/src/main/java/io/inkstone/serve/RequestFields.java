package io.inkstone.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.NearestName;
import io.inkstone.Words;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** The fields of a request, of its JSON body or form, and of its query, which counts where both say something. */
final class RequestFields {
    static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode said;
    private final Set<String> known = new TreeSet<>();

    RequestFields(ObjectNode said) {
        this.said = said;
    }

    static RequestFields ofJson(Context ctx) throws IOException {
        JsonNode body = JSON.readTree(ctx.bodyAsBytes());
        if (!(body instanceof ObjectNode object)) {
            throw new ApiError(ApiError.Kind.INVALID, "The body must be one JSON object.");
        }
        return new RequestFields(withQuery(object, ctx));
    }

    /** Of a form whose texts are read. */
    static RequestFields ofForm(ObjectNode texts, Context ctx) {
        return new RequestFields(withQuery(texts, ctx));
    }

    private static ObjectNode withQuery(ObjectNode fields, Context ctx) {
        ctx.queryParamMap().forEach((name, values) -> fields.put(name, values.get(0)));
        return fields;
    }

    /** All that was said. */
    ObjectNode said() {
        return said;
    }

    private Optional<JsonNode> value(String name) {
        known.add(name);
        JsonNode value = said.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    Optional<String> words(String name) {
        return value(name).map(value -> {
            if (!value.isValueNode()) {
                throw ApiError.invalid(name, Words.of("'%s' takes words.", name));
            }
            return value.asText();
        });
    }

    OptionalInt whole(String name, int least, int most) {
        OptionalLong large = large(name, least, most);
        return large.isPresent() ? OptionalInt.of((int) large.getAsLong()) : OptionalInt.empty();
    }

    OptionalLong large(String name, long least, long most) {
        Optional<JsonNode> value = value(name);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            long number = new java.math.BigDecimal(value.get().asText().strip()).longValueExact();
            if (number >= least && number <= most) {
                return OptionalLong.of(number);
            }
        } catch (ArithmeticException | NumberFormatException none) {
            // said below
        }
        throw ApiError.invalid(
                name, Words.of("'%s' is a whole number from %d to %d, got %s.", name, least, most, shown(value.get())));
    }

    OptionalDouble number(String name, double least, double most) {
        Optional<JsonNode> value = value(name);
        if (value.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double number = Double.parseDouble(value.get().asText().strip());
            if (number >= least && number <= most) {
                return OptionalDouble.of(number);
            }
        } catch (NumberFormatException none) {
            // said below
        }
        throw ApiError.invalid(
                name, Words.of("'%s' is a number from %s to %s, got %s.", name, least, most, shown(value.get())));
    }

    boolean flag(String name) {
        return choice(name, List.of("false", "true")).map("true"::equals).orElse(false);
    }

    Optional<String> choice(String name, List<String> choices) {
        Optional<String> word = words(name);
        if (word.isPresent() && !choices.contains(word.get())) {
            throw ApiError.invalid(
                    name, Words.of("'%s' is one of %s, got '%s'.", name, String.join(", ", choices), word.get()));
        }
        return word;
    }

    /** A field of any kind; missing where nothing is said. */
    JsonNode taken(String name) {
        return value(name).orElseGet(MissingNode::getInstance);
    }

    /** An object of numbers up to 100 in either direction. */
    Map<String, Double> amounts(String name) {
        Map<String, Double> amounts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : taken(name).properties()) {
            if (!each.getValue().isNumber() || Math.abs(each.getValue().asDouble()) > 100) {
                throw ApiError.invalid(
                        name, Words.of("'%s' takes numbers from -100 to 100, got %s.", name, shown(each.getValue())));
            }
            amounts.put(each.getKey(), each.getValue().asDouble());
        }
        return amounts;
    }

    /** Fields that clients send and that mean nothing here. */
    void ignore(String... names) {
        known.addAll(List.of(names));
    }

    /** What was asked about so far. */
    Set<String> known() {
        return known;
    }

    /** Refuses what nobody asked about. */
    void requireKnown() {
        said.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw ApiError.invalid(
                        name, Words.of("There is no field '%s'.%s", name, NearestName.suggestion(name, known)));
            }
        });
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
