package io.inkstone.data.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Pictures listed in {@code metadata.jsonl}, {@code metadata.csv} or {@code metadata.parquet}: a row a picture, or several
 * for several captions, with {@code file_name} and {@code text} or {@code label}.
 */
final class CaptionFolder {
    static final String LIST = "metadata.jsonl";
    private static final String TABLE = "metadata.csv";
    static final String PARQUET = "metadata.parquet";
    private static final ObjectMapper JSON = new ObjectMapper();

    private CaptionFolder() {}

    private interface Reader {
        List<ListedRow> read(Path list) throws IOException;
    }

    /** Whether a folder has a list of its pictures. */
    static boolean isAt(Path folder) {
        return List.of(LIST, TABLE, PARQUET).stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name)));
    }

    static List<Finding> find(Origin origin) {
        List<Finding> found = new ArrayList<>();
        add(found, origin, LIST, CaptionFolder::jsonLines);
        add(found, origin, TABLE, CaptionFolder::table);
        add(found, origin, PARQUET, CaptionFolder::parquet);
        return found;
    }

    private static void add(List<Finding> found, Origin origin, String name, Reader reader) {
        Path list = origin.root().resolve(name);
        if (Files.isRegularFile(list)) {
            found.add(new Finding(
                    Finding.Kind.CAPTIONS,
                    name,
                    "a folder without the other",
                    () -> ListedPictures.open(origin, list, reader.read(list))));
        }
    }

    /** Records end at line feeds only: other ends of lines that Unicode knows may stand inside a text. */
    private static List<ListedRow> jsonLines(Path list) throws IOException {
        List<ListedRow> rows = new ArrayList<>();
        String[] lines = Origin.text(list).split("\n");
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                String where = Words.of("%s, line %d", list, i + 1);
                try {
                    rows.add(new ListedRow(where, JSON.readTree(lines[i])));
                } catch (JsonProcessingException e) {
                    throw new InputException(
                            Words.of("%s is no JSON object with file_name and text: %s", where, e.getOriginalMessage()),
                            e);
                }
            }
        }
        return rows;
    }

    private static List<ListedRow> table(Path list) throws IOException {
        List<List<String>> lines = CsvRows.of(list);
        List<ListedRow> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            String where = Words.of("%s, row %d", list, i + 1);
            if (lines.get(i).size() > lines.get(0).size()) {
                throw new InputException(Words.of(
                        "%s has %d values for %d columns; put values with commas in quotation marks.",
                        where, lines.get(i).size(), lines.get(0).size()));
            }
            for (int k = 0; k < lines.get(i).size(); k++) {
                node.put(lines.get(0).get(k).strip(), lines.get(i).get(k));
            }
            rows.add(new ListedRow(where, node));
        }
        return rows;
    }

    private static List<ListedRow> parquet(Path list) throws IOException {
        if (list.getFileSystem() != FileSystems.getDefault()) {
            throw new InputException(Words.of("%s lies in a zip; unpack it and point at the folder.", list));
        }
        List<ListedRow> rows = new ArrayList<>();
        try (ParquetFile file = new ParquetFile(list)) {
            for (Map<String, JsonNode> row : file.rows()) {
                ObjectNode node = JsonNodeFactory.instance.objectNode();
                node.setAll(row);
                rows.add(new ListedRow(Words.of("%s, row %d", list, rows.size()), node));
            }
        }
        return rows;
    }
}
