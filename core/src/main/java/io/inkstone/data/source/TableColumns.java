package io.inkstone.data.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which columns of a table are pictures, classes and captions: those that a person names, else those that the
 * writer's own description of the features says, else the usual names.
 *
 * @param image encoded pictures, if they lie in the file
 * @param path names of picture files, beside the pictures or in their place
 * @param label classes, by number or name
 * @param names of the classes, where the writer says them
 * @param caption texts
 */
record TableColumns(
        Optional<TableColumn> image,
        Optional<TableColumn> path,
        Optional<TableColumn> label,
        List<String> names,
        Optional<TableColumn> caption) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static TableColumns of(PictureTable file, DataOptions options) throws IOException {
        Map<String, JsonNode> features = features(file);
        Map<String, List<TableColumn>> top = file.columns().stream()
                .collect(Collectors.groupingBy(TableColumn::top, LinkedHashMap::new, Collectors.toList()));
        String picture =
                options.image().map(said -> existing(file, top, said)).orElseGet(() -> image(file, top, features));
        Optional<TableColumn> bytes = bytes(top.get(picture));
        Optional<TableColumn> path = path(top.get(picture));
        if (bytes.isEmpty() && path.isEmpty()) {
            throw without(file, top);
        }
        Optional<String> label = options.label()
                .map(said -> existing(file, top, said))
                .or(() -> classes(file, top, features))
                .or(() -> usual(top, ColumnNames.LABELS));
        Optional<String> caption =
                options.caption().map(said -> existing(file, top, said)).or(() -> usual(top, ColumnNames.CAPTIONS));
        caption.ifPresent(name -> requireText(file, top.get(name).get(0)));
        return new TableColumns(
                bytes,
                path,
                label.map(name -> top.get(name).get(0)),
                label.map(features::get).map(TableColumns::names).orElse(List.of()),
                caption.map(name -> top.get(name).get(0)));
    }

    private static Map<String, JsonNode> features(PictureTable file) throws IOException {
        Map<String, JsonNode> features = new LinkedHashMap<>();
        try {
            JSON.readTree(file.features())
                    .fields()
                    .forEachRemaining(entry -> features.put(entry.getKey(), entry.getValue()));
        } catch (JsonProcessingException strange) {
            return Map.of(); // somebody else's key: the names of the columns decide
        }
        return features;
    }

    private static String existing(PictureTable file, Map<String, List<TableColumn>> top, String name) {
        if (!top.containsKey(name)) {
            throw new InputException(
                    Words.of("%s has no column %s; it has %s.", file.path(), name, String.join(", ", top.keySet())));
        }
        return name;
    }

    private static String image(PictureTable file, Map<String, List<TableColumn>> top, Map<String, JsonNode> features) {
        List<String> said = top.keySet().stream()
                .filter(name -> "Image"
                        .equals(features.getOrDefault(name, JSON.nullNode())
                                .path("_type")
                                .asText()))
                .toList();
        List<String> pictures = said.isEmpty()
                ? top.keySet().stream()
                        .filter(name -> bytes(top.get(name)).isPresent())
                        .toList()
                : said;
        Optional<String> named =
                ColumnNames.IMAGES.stream().filter(pictures::contains).findFirst();
        if (named.isPresent() || pictures.size() == 1) {
            return named.orElseGet(() -> pictures.get(0));
        }
        if (pictures.isEmpty()) {
            return usual(top, ColumnNames.IMAGES).orElseThrow(() -> without(file, top));
        }
        throw new InputException(Words.of(
                "%s has several columns that may be pictures (%s); say which (data.columns.image=%s).",
                file.path(), String.join(", ", pictures), pictures.get(0)));
    }

    /** What is said of columns outlives them: other tools rename and drop columns, and keep what is written beside them. */
    private static Optional<String> classes(
            PictureTable file, Map<String, List<TableColumn>> top, Map<String, JsonNode> features) {
        List<String> said = features.entrySet().stream()
                .filter(entry ->
                        "ClassLabel".equals(entry.getValue().path("_type").asText()))
                .map(Map.Entry::getKey)
                .filter(top::containsKey)
                .toList();
        if (said.size() > 1 && said.stream().noneMatch(ColumnNames.LABELS::contains)) {
            throw new InputException(Words.of(
                    "%s has several columns of classes (%s); say which (data.columns.label=%s).",
                    file.path(), String.join(", ", said), said.get(0)));
        }
        return ColumnNames.LABELS.stream().filter(said::contains).findFirst().or(() -> said.stream()
                .findFirst());
    }

    private static List<String> names(JsonNode feature) {
        List<String> names = new ArrayList<>();
        feature.path("names").forEach(name -> names.add(name.asText()));
        return names;
    }

    private static Optional<String> usual(Map<String, List<TableColumn>> top, List<String> names) {
        return names.stream().filter(top::containsKey).findFirst();
    }

    /** Encoded pictures: a binary column that is no text, or the bytes of a struct. */
    private static Optional<TableColumn> bytes(List<TableColumn> columns) {
        return columns.stream()
                .filter(column -> !column.list() && column.kind() == TableColumn.Kind.BYTES)
                .filter(column -> !column.isNested() || column.last().equals("bytes"))
                .findFirst();
    }

    private static Optional<TableColumn> path(List<TableColumn> columns) {
        return columns.stream()
                .filter(column -> !column.list() && column.isBinary())
                .filter(column ->
                        column.isNested() ? column.last().equals("path") : column.kind() == TableColumn.Kind.TEXT)
                .findFirst();
    }

    private static void requireText(PictureTable file, TableColumn column) {
        requireNoTime(file, column);
        if (!column.isBinary()) {
            throw new InputException(Words.of(
                    "%s: the column %s holds no texts (%s); say which one does (data.columns.caption=NAME).",
                    file.path(), column.top(), column.words()));
        }
    }

    /** Refuses texts that a writer turned into dates. */
    static void requireNoTime(PictureTable file, TableColumn column) {
        if (column.kind() == TableColumn.Kind.TIME) {
            throw new InputException(Words.of(
                    "%s: the column %s holds timestamps, not texts (%s); some writers take texts that all look like dates for such. Cast it to a string before writing the file.",
                    file.path(), column.top(), column.words()));
        }
    }

    private static InputException without(PictureTable file, Map<String, List<TableColumn>> top) {
        String there = file.columns().stream()
                .map(column -> Words.of("%s (%s)", String.join(".", column.path()), column.words()))
                .collect(Collectors.joining(", "));
        return new InputException(Words.of(
                "%s has the columns %s; none is known to hold pictures: a binary column, or a struct with bytes, called image or img was expected. Another one is named by data.columns.image=%s.",
                file.path(), there, top.keySet().stream().findFirst().orElse("NAME")));
    }

    /** Columns that are not read. */
    List<String> unread(PictureTable file) {
        TreeSet<String> all =
                new TreeSet<>(file.columns().stream().map(TableColumn::top).toList());
        for (Optional<TableColumn> column : Arrays.asList(image, path, label, caption)) {
            column.ifPresent(read -> all.remove(read.top()));
        }
        return List.copyOf(all);
    }
}
