package io.inkstone.models.stable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Texts of configurations. */
public final class ConfigText {
    private static final long MOST_TEXT = 1 << 20;

    private ConfigText() {}

    /** A configuration, parsed. */
    public static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException broken) {
            throw new InputException("A config.json is not JSON: " + broken.getMessage(), broken);
        }
    }

    /** The text of a configuration that belongs into a folder of somebody's. */
    public static String read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(Words.of("%s is missing: fetch the whole folder.", file));
        }
        if (Files.size(file) > MOST_TEXT) {
            throw new InputException(Words.of("%s has more than 1 MB; a configuration was expected.", file));
        }
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    /** The same, parsed. */
    public static JsonNode json(Path file) throws IOException {
        try {
            return new ObjectMapper().readTree(read(file));
        } catch (JsonProcessingException broken) {
            throw new InputException(
                    Words.of("%s is not JSON: %s. Fetch it again.", file, broken.getOriginalMessage()), broken);
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
