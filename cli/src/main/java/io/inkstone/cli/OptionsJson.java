package io.inkstone.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.wish.Wish;

/** Options that were said, as the JSON of a wish: the same keys as everywhere. */
final class OptionsJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OptionsJson() {}

    /** Of groups of options whose fields are named like the keys. */
    static ObjectNode of(Object... groups) {
        ObjectNode all = JSON.createObjectNode();
        for (Object group : groups) {
            all.setAll((ObjectNode) JSON.valueToTree(group));
        }
        return all;
    }

    /** Of a wish of this kind, from {@code groups} and then whatever else was said; nulls are left out. */
    static ObjectNode of(Wish.Kind kind, Object... groups) {
        return of(groups).put("command", kind.word());
    }

    /** With one more key; null says nothing. */
    static ObjectNode with(ObjectNode json, String key, Object value) {
        if (value != null) {
            json.set(key, JSON.valueToTree(value));
        }
        return json;
    }
}
