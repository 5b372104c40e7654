package io.inkstone.models.stable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Texts of configurations. */
public final class ConfigText {
    private ConfigText() {}

    /** A configuration, parsed. */
    public static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException broken) {
            throw new InputException("A config.json is not JSON: " + broken.getMessage(), broken);
        }
    }

    /** In one line, without what says nothing. */
    static String plain(String config) {
        JsonNode all = json(config);
        if (all instanceof ObjectNode object) {
            List<String> silent = new ArrayList<>();
            object.properties().forEach(field -> {
                if (field.getValue().isNull() || field.getKey().startsWith("_")) {
                    silent.add(field.getKey());
                }
            });
            object.remove(silent);
        }
        return all.toString();
    }
}
