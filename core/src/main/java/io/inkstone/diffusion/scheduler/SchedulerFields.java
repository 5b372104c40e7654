package io.inkstone.diffusion.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a scheduler reads: its own defaults, and over them what a config says.
 *
 * @param kind whose
 * @param given fields of the config, by name
 */
record SchedulerFields(SchedulerKind kind, Map<String, JsonNode> given) {
    /** The field's value; null in JSON where neither the config nor the scheduler says one. */
    private JsonNode value(String name) {
        JsonNode said = kind.defaults().has(name) ? given.get(name) : null;
        return said == null ? kind.defaults().path(name) : said;
    }

    private boolean says(String name) {
        return !value(name).isMissingNode() && !value(name).isNull();
    }

    double number(String name) {
        JsonNode value = value(name);
        // Infinity has no digits in JSON; some programs write it as a word, quoted or not.
        double number = value.isTextual() ? parsed(value.asText()) : value.isNumber() ? value.asDouble() : Double.NaN;
        if (Double.isNaN(number)) {
            throw wrong(name, "a number");
        }
        return number;
    }

    private static double parsed(String word) {
        return switch (word) {
            case "-inf", "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.NaN;
        };
    }

    /** Empty where it is null or the scheduler has no such field. */
    OptionalDouble optional(String name) {
        return says(name) ? OptionalDouble.of(number(name)) : OptionalDouble.empty();
    }

    int whole(String name) {
        JsonNode value = value(name);
        if (!value.canConvertToInt() || !value.isNumber() || value.asDouble() != value.asInt()) {
            throw wrong(name, "a whole number");
        }
        return value.asInt();
    }

    /** False where the scheduler has no such field. */
    boolean flag(String name) {
        if (!says(name)) {
            return false;
        }
        if (!value(name).isBoolean()) {
            throw wrong(name, "true or false");
        }
        return value(name).asBoolean();
    }

    /** One of {@code known}. */
    String word(String name, String... known) {
        String word = value(name).asText();
        if (!List.of(known).contains(word)) {
            throw wrong(name, String.join(", ", known));
        }
        return word;
    }

    /** Empty where it is null or the scheduler has no such field. */
    double[] numbers(String name) {
        if (!says(name)) {
            return new double[0];
        }
        double[] numbers = new double[value(name).size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = value(name).get(i).asDouble(Double.NaN);
        }
        if (!value(name).isArray() || Arrays.stream(numbers).anyMatch(Double::isNaN)) {
            throw wrong(name, "a list of numbers");
        }
        return numbers;
    }

    /** Refuses any value of a field but {@code only}, as JSON; what the scheduler does not have is fine. */
    void require(String name, String... only) {
        JsonNode value = value(name);
        if (!value.isMissingNode() && !List.of(only).contains(value.toString())) {
            throw wrong(name, String.join(" or ", only));
        }
    }

    private InputException wrong(String name, String expected) {
        return new InputException(Words.of(
                "The scheduler %s says %s %s, and what can be drawn with here is %s. Change it in scheduler_config.json, or choose another sampler.",
                kind.className(), name, value(name), expected));
    }
}
