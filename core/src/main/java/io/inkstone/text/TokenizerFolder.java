package io.inkstone.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the files beside a vocabulary say: which texts are marks with an id of their own, and what pads. As transformers
 * (5.24) reads {@code tokenizer_config.json}, {@code special_tokens_map.json}, {@code added_tokens.json} and the list of
 * {@code tokenizer.json}.
 *
 * @param marks the longest first
 * @param pad the id behind the end
 */
record TokenizerFolder(List<Mark> marks, int pad) {
    private static final long MOST_BYTES = 16 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ROLES = List.of("bos_token", "eos_token", "unk_token", "pad_token");

    /**
     * A text that is one id wherever it stands.
     *
     * @param text as it is looked for
     * @param prepared whether it is looked for only after letters were lowered
     */
    record Mark(String text, int id, boolean prepared) {}

    /** What holds where no file says anything. */
    static TokenizerFolder standard() {
        return new TokenizerFolder(
                List.of(
                        new Mark(ClipTokenizer.START_TEXT, ClipTokenizer.START, false),
                        new Mark(ClipTokenizer.END_TEXT, ClipTokenizer.END, false)),
                ClipTokenizer.END);
    }

    /** Reads what lies in {@code folder} beside {@code vocabulary}. */
    static TokenizerFolder read(Path folder, ClipVocabulary vocabulary) throws IOException {
        JsonNode config = json(folder.resolve("tokenizer_config.json"));
        Map<String, JsonNode> roles = roles(config, json(folder.resolve("special_tokens_map.json")));
        Map<String, Mark> marks = new LinkedHashMap<>();
        JsonNode listed = vocabulary.added().isEmpty() ? config.path("added_tokens_decoder") : vocabulary.added();
        if (listed.isEmpty()) {
            fromRoles(roles, vocabulary, marks);
        } else {
            listed.properties().forEach(entry -> add(marks, entry.getValue(), Integer.parseInt(entry.getKey())));
        }
        json(folder.resolve("added_tokens.json"))
                .properties()
                .forEach(entry -> marks.putIfAbsent(
                        entry.getKey(),
                        new Mark(entry.getKey(), entry.getValue().asInt(), true)));
        String padText = text(roles.get("pad_token"));
        Mark known = marks.get(padText);
        Integer pad = known == null ? vocabulary.ids().get(padText) : Integer.valueOf(known.id());
        if (pad == null) {
            throw new InputException(
                    Words.of("%s pads with \"%s\", which its vocabulary does not have.", folder, padText));
        }
        marks.putIfAbsent(padText, new Mark(padText, pad, false));
        List<Mark> sorted = new ArrayList<>(marks.values());
        sorted.sort(Comparator.comparingInt((Mark mark) -> mark.text().length()).reversed());
        return new TokenizerFolder(sorted, pad);
    }

    /** The map's words go before the configuration's, and custom before neither. */
    private static Map<String, JsonNode> roles(JsonNode config, JsonNode map) {
        Map<String, JsonNode> roles = new LinkedHashMap<>();
        for (String role : ROLES) {
            JsonNode said = map.has(role) ? map.get(role) : config.path(role);
            boolean start = role.equals("bos_token");
            JsonNode custom = JSON.getNodeFactory().textNode(start ? ClipTokenizer.START_TEXT : ClipTokenizer.END_TEXT);
            roles.put(role, text(said).isEmpty() ? custom : said);
        }
        return roles;
    }

    /** A mark that any role names by its bare text is looked for in the text as it came. */
    private static void fromRoles(Map<String, JsonNode> roles, ClipVocabulary vocabulary, Map<String, Mark> marks) {
        for (JsonNode role : roles.values()) {
            String text = text(role);
            Integer id = vocabulary.ids().get(text);
            if (id != null) {
                Mark before = marks.get(text);
                boolean prepared = role.path("normalized").asBoolean(false) && (before == null || before.prepared());
                marks.put(text, new Mark(text, id, prepared));
            }
        }
    }

    private static void add(Map<String, Mark> marks, JsonNode token, int id) {
        String text = text(token);
        if (text.isEmpty()) {
            throw new InputException(Words.of("A tokenizer lists the id %d as a mark without a text.", id));
        }
        for (String unknown : List.of("lstrip", "rstrip", "single_word")) {
            if (token.path(unknown).asBoolean(false)) {
                throw new InputException(Words.of(
                        "The tokenizer's mark %s is to be found with '%s', which is not done here.", text, unknown));
            }
        }
        marks.put(text, new Mark(text, id, token.path("normalized").asBoolean(false)));
    }

    private static String text(JsonNode token) {
        return token.isTextual() ? token.asText() : token.path("content").asText("");
    }

    /** An object, empty where the file is missing. */
    static JsonNode json(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return JSON.createObjectNode();
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new InputException(file + " has more than 16 MB; it is no file of a tokenizer.");
        }
        try {
            JsonNode node = JSON.readTree(Files.readAllBytes(file));
            if (node == null || !node.isObject()) {
                throw new InputException(file + " holds no JSON object.");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new InputException(Words.of("%s is no JSON object: %s", file, e.getOriginalMessage()), e);
        }
    }
}
