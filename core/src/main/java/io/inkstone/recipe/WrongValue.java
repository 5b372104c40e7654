package io.inkstone.recipe;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.inkstone.Choices;
import io.inkstone.NearestName;
import io.inkstone.Words;
import java.util.Arrays;
import java.util.List;

/** What is said of a value that is of another kind than its key's. */
final class WrongValue {
    private WrongValue() {}

    /** What was expected, and what was got where that is known; the key is said before it. */
    static String said(JsonMappingException wrong, JsonNode tree) {
        if (wrong instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            Class<?> type = mismatch.getTargetType();
            String value = value(wrong, tree);
            if (type.isEnum()) {
                List<String> words = Arrays.stream(type.getEnumConstants())
                        .map(each -> Choices.word((Enum<?>) each))
                        .toList();
                return Words.of(
                        "there is no '%s'.%s Known: %s.",
                        value, NearestName.suggestion(value, words), String.join(", ", words));
            }
            return Words.of("expected %s%s.", kind(type), value.isEmpty() ? "" : ", got '" + value + "'");
        }
        return "this value cannot be read here.";
    }

    /** As it was written; empty where that is not known. */
    private static String value(JsonMappingException wrong, JsonNode tree) {
        JsonNode node = tree;
        for (JsonMappingException.Reference step : wrong.getPath()) {
            node = step.getFieldName() == null ? node.path(step.getIndex()) : node.path(step.getFieldName());
        }
        return node.isTextual() ? node.textValue() : node.isMissingNode() ? "" : node.toString();
    }

    private static String kind(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "a whole number such as 4";
        }
        if (type == double.class || type == float.class || type == Double.class) {
            return "a number such as 0.5";
        }
        return type == String.class ? "a text" : List.class.isAssignableFrom(type) ? "a list" : "another kind of value";
    }
}
