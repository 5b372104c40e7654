package io.inkstone.data.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.Split;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Captions in the form of MS COCO: {@code captions_train2017.json}, here or in {@code annotations/}, with {@code images}
 * (id, file_name) and {@code annotations} (image_id, caption), several a picture.
 */
final class CocoCaptions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CocoCaptions() {}

    static Optional<Finding> find(Origin origin) throws IOException {
        List<Path> lists = new ArrayList<>();
        for (Path folder : List.of(origin.root(), origin.root().resolve("annotations"))) {
            if (Files.isDirectory(folder)) {
                Folders.files(folder).stream().filter(CocoCaptions::isList).forEach(lists::add);
            }
        }
        if (lists.isEmpty()) {
            return Optional.empty();
        }
        String seen = Origin.relative(origin.root(), lists.get(0)) + (lists.size() > 1 ? ", …" : "");
        return Optional.of(new Finding(Finding.Kind.CAPTIONS, seen, "a folder without the other", () -> {
            List<ListedRow> rows = new ArrayList<>();
            PictureNames names = new PictureNames(origin);
            for (Path list : lists) {
                rows.addAll(rows(list, names, PartName.ofFile(Folders.name(list))));
            }
            return ListedPictures.open(origin, lists.get(0), rows);
        }));
    }

    private static boolean isList(Path file) {
        String name = Folders.name(file).toLowerCase(Locale.ROOT);
        return name.endsWith(".json") && (name.startsWith("captions") || name.equals("annotations.json"));
    }

    /** What one list says: pictures by id, and captions. */
    private record Said(Map<String, JsonNode> pictures, List<JsonNode> captions) {
        void take(String key, JsonNode node) {
            if (key.equals("images")) {
                pictures.put(node.path("id").asText(), node);
            } else {
                captions.add(node);
            }
        }
    }

    /** Read as a stream: the lists of the whole of COCO have 90 MB. */
    private static List<ListedRow> rows(Path list, PictureNames names, Optional<Split> part) throws IOException {
        Said said = new Said(new HashMap<>(), new ArrayList<>());
        try (InputStream in = Files.newInputStream(list);
                JsonParser parser = new JsonFactory(JSON).createParser(in)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                if (key.equals("images") || key.equals("annotations")) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        said.take(key, JSON.readTree(parser));
                    }
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JsonProcessingException e) {
            throw new InputException(
                    Words.of("%s is no list of captions in the form of COCO: %s", list, e.getOriginalMessage()), e);
        }
        List<ListedRow> rows = new ArrayList<>();
        for (int i = 0; i < said.captions().size(); i++) {
            ListedRow row = new ListedRow(
                    Words.of("%s, annotation %d", list, i), said.captions().get(i));
            rows.add(joined(row, said.pictures(), names, part));
        }
        return rows;
    }

    private static ListedRow joined(
            ListedRow row, Map<String, JsonNode> pictures, PictureNames names, Optional<Split> part) {
        JsonNode picture = pictures.get(row.node().path("image_id").asText());
        if (picture == null || !row.node().path("caption").isTextual()) {
            throw new InputException(Words.of(
                    "%s has no \"caption\" or an image_id that \"images\" does not name; captions in the form of COCO were expected.",
                    row.where()));
        }
        ObjectNode node = JSON.createObjectNode();
        String name = picture.path("file_name").asText();
        node.put("file_name", names.anywhere(name).orElse(name));
        node.set("text", row.node().path("caption"));
        part.ifPresent(split -> node.put("split", split.word()));
        return new ListedRow(row.where(), node);
    }
}
