package io.inkstone.data.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One row of a list of pictures.
 *
 * @param where it stands, for messages
 * @param node its values by name
 */
record ListedRow(String where, JsonNode node) {

    boolean has(String key) {
        return node.hasNonNull(key);
    }

    /** A text; it must be there. */
    String word(String key) {
        JsonNode value = node.get(key);
        if (value == null || !value.isTextual()) {
            throw new InputException(
                    Words.of("%s has no \"%s\"; each line needs {\"file_name\": \"…\", \"text\": \"…\"}.", where, key));
        }
        return value.textValue();
    }

    /** One text or a list of them; it must be there. */
    List<String> words(String key) {
        JsonNode value = node.get(key);
        if (value == null || !value.isArray()) {
            return List.of(word(key));
        }
        List<String> all = new ArrayList<>();
        for (JsonNode one : value) {
            if (!one.isTextual()) {
                throw new InputException(Words.of("%s: \"%s\" holds %s, which is no text.", where, key, one));
            }
            all.add(one.textValue());
        }
        return all;
    }

    /** A class by its name or number. */
    String label(String key) {
        JsonNode value = node.get(key);
        if (value == null || !(value.isTextual() || value.isIntegralNumber())) {
            throw new InputException(
                    Words.of("%s has no \"%s\", a class by its name or number; every line needs one.", where, key));
        }
        return value.asText();
    }

    /** The first of {@code keys} that one of {@code rows} has. */
    static Optional<String> key(List<ListedRow> rows, List<String> keys) {
        return keys.stream()
                .filter(key -> rows.stream().anyMatch(row -> row.has(key)))
                .findFirst();
    }
}
