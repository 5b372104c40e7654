package io.inkstone.data.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.data.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pictures listed in {@code metadata.jsonl}, a JSON object a line with {@code file_name} and {@code text}. */
final class CaptionFolder {
    static final String LIST = "metadata.jsonl";
    private static final ObjectMapper JSON = new ObjectMapper();

    private CaptionFolder() {}

    private record Captioned(Path file, String name, String text) {}

    static Optional<Finding> find(Origin origin) {
        Path list = origin.root().resolve(LIST);
        return Files.isRegularFile(list)
                ? Optional.of(new Finding(
                        Finding.Kind.CAPTIONS, LIST, "a folder without the other", () -> open(origin, list)))
                : Optional.empty();
    }

    private static DataSet open(Origin origin, Path list) throws IOException {
        List<Captioned> all = new ArrayList<>();
        String[] lines = Origin.text(list).split("\\R");
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                all.add(parse(origin, lines[i], Words.of("%s, line %d", list, i + 1)));
            }
        }
        if (all.isEmpty()) {
            throw new InputException(list + " is empty; a line with file_name and text for each picture was expected.");
        }
        DataInfo plain =
                DataInfo.of(origin.name(), all.size(), Optional.empty(), 3).withCaptions();
        float[] none = {};
        return DataSet.of(new EncodedPictures(
                plain,
                index -> Origin.bytes(all.get(index).file()),
                index -> new Entry(all.get(index).name(), none, all.get(index).text()),
                origin.archive()));
    }

    private static Captioned parse(Origin origin, String line, String where) {
        try {
            JsonNode node = JSON.readTree(line);
            String name = word(node, "file_name", where);
            Path file = origin.root().resolve(name).normalize();
            if (!file.startsWith(origin.root())) {
                throw new InputException(Words.of("%s: the picture %s lies outside its folder.", where, name));
            }
            if (!Files.isRegularFile(file)) {
                throw new InputException(
                        Words.of("%s: the picture %s is missing; add it or remove the line.", where, name));
            }
            return new Captioned(file, name, word(node, "text", where));
        } catch (JsonProcessingException | InvalidPathException e) {
            throw new InputException(
                    Words.of("%s is no JSON object with file_name and text: %s", where, firstLine(e.getMessage())), e);
        }
    }

    private static String word(JsonNode node, String key, String where) {
        JsonNode value = node.get(key);
        if (value == null || !value.isTextual()) {
            throw new InputException(
                    Words.of("%s has no \"%s\"; each line needs {\"file_name\": \"…\", \"text\": \"…\"}.", where, key));
        }
        return value.textValue();
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
