package io.inkstone.data.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Which columns of a Parquet file are pictures, classes and captions: those that a person names, else those that the
 * writer's own description of the features says (key {@code huggingface}), else the usual names.
 *
 * @param image encoded pictures, if they lie in the file
 * @param path names of picture files, beside the pictures or in their place
 * @param label classes, by number or name
 * @param names of the classes, where the writer says them
 * @param caption texts
 */
record ParquetColumns(
        Optional<ColumnDescriptor> image,
        Optional<ColumnDescriptor> path,
        Optional<ColumnDescriptor> label,
        List<String> names,
        Optional<ColumnDescriptor> caption) {
    private static final List<String> IMAGES = List.of("image", "img", "picture", "photo", "jpg", "png", "image_bytes");
    private static final List<String> LABELS = List.of("label", "labels", "class", "category");
    private static final List<String> CAPTIONS = List.of("text", "caption", "captions", "prompt", "description");
    private static final ObjectMapper JSON = new ObjectMapper();

    static ParquetColumns of(ParquetFile file, DataOptions options) {
        Map<String, JsonNode> features = features(file);
        Map<String, List<ColumnDescriptor>> top = file.schema().getColumns().stream()
                .collect(Collectors.groupingBy(column -> column.getPath()[0], LinkedHashMap::new, Collectors.toList()));
        String picture =
                options.image().map(said -> existing(file, top, said)).orElseGet(() -> image(file, top, features));
        Optional<ColumnDescriptor> bytes = bytes(top.get(picture));
        Optional<ColumnDescriptor> path = path(top.get(picture));
        if (bytes.isEmpty() && path.isEmpty()) {
            throw without(file, top);
        }
        Optional<String> label = options.label()
                .map(said -> existing(file, top, said))
                .or(() -> classes(file, features))
                .or(() -> usual(top, LABELS));
        Optional<String> caption =
                options.caption().map(said -> existing(file, top, said)).or(() -> usual(top, CAPTIONS));
        caption.ifPresent(name -> requireText(file, top.get(name).get(0)));
        return new ParquetColumns(
                bytes,
                path,
                label.map(name -> top.get(name).get(0)),
                label.map(features::get).map(ParquetColumns::names).orElse(List.of()),
                caption.map(name -> top.get(name).get(0)));
    }

    private static Map<String, JsonNode> features(ParquetFile file) {
        Map<String, JsonNode> features = new LinkedHashMap<>();
        try {
            JsonNode said = JSON.readTree(file.said("huggingface"));
            said.path("info")
                    .path("features")
                    .fields()
                    .forEachRemaining(entry -> features.put(entry.getKey(), entry.getValue()));
        } catch (JsonProcessingException strange) {
            return Map.of(); // somebody else's key: the names of the columns decide
        }
        return features;
    }

    private static String existing(ParquetFile file, Map<String, List<ColumnDescriptor>> top, String name) {
        if (!top.containsKey(name)) {
            throw new InputException(
                    Words.of("%s has no column %s; it has %s.", file.path(), name, String.join(", ", top.keySet())));
        }
        return name;
    }

    private static String image(
            ParquetFile file, Map<String, List<ColumnDescriptor>> top, Map<String, JsonNode> features) {
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
        Optional<String> named = IMAGES.stream().filter(pictures::contains).findFirst();
        if (named.isPresent() || pictures.size() == 1) {
            return named.orElseGet(() -> pictures.get(0));
        }
        if (pictures.isEmpty()) {
            return usual(top, IMAGES).orElseThrow(() -> without(file, top));
        }
        throw new InputException(Words.of(
                "%s has several columns that may be pictures (%s); say which (data.columns.image=%s).",
                file.path(), String.join(", ", pictures), pictures.get(0)));
    }

    private static Optional<String> classes(ParquetFile file, Map<String, JsonNode> features) {
        List<String> said = features.entrySet().stream()
                .filter(entry ->
                        "ClassLabel".equals(entry.getValue().path("_type").asText()))
                .map(Map.Entry::getKey)
                .toList();
        if (said.size() > 1 && said.stream().noneMatch(LABELS::contains)) {
            throw new InputException(Words.of(
                    "%s has several columns of classes (%s); say which (data.columns.label=%s).",
                    file.path(), String.join(", ", said), said.get(0)));
        }
        return LABELS.stream().filter(said::contains).findFirst().or(() -> said.stream()
                .findFirst());
    }

    private static List<String> names(JsonNode feature) {
        List<String> names = new ArrayList<>();
        feature.path("names").forEach(name -> names.add(name.asText()));
        return names;
    }

    private static Optional<String> usual(Map<String, List<ColumnDescriptor>> top, List<String> names) {
        return names.stream().filter(top::containsKey).findFirst();
    }

    /** Encoded pictures: a binary column that is no text, or the bytes of a struct. */
    private static Optional<ColumnDescriptor> bytes(List<ColumnDescriptor> columns) {
        return columns.stream()
                .filter(column -> column.getMaxRepetitionLevel() == 0 && !isText(column) && isBinary(column))
                .filter(column -> column.getPath().length == 1 || last(column).equals("bytes"))
                .findFirst();
    }

    private static Optional<ColumnDescriptor> path(List<ColumnDescriptor> columns) {
        return columns.stream()
                .filter(column -> column.getMaxRepetitionLevel() == 0 && isBinary(column))
                .filter(column -> column.getPath().length == 1
                        ? isText(column)
                        : last(column).equals("path"))
                .findFirst();
    }

    private static String last(ColumnDescriptor column) {
        return column.getPath()[column.getPath().length - 1];
    }

    static boolean isBinary(ColumnDescriptor column) {
        return column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
    }

    private static boolean isText(ColumnDescriptor column) {
        return column.getPrimitiveType().getLogicalTypeAnnotation()
                instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation;
    }

    private static void requireText(ParquetFile file, ColumnDescriptor column) {
        requireNoTime(file, column);
        if (!isBinary(column)) {
            throw new InputException(Words.of(
                    "%s: the column %s holds no texts (%s); say which one does (data.columns.caption=NAME).",
                    file.path(), column.getPath()[0], kind(column)));
        }
    }

    /** Refuses texts that a writer turned into dates. */
    static void requireNoTime(ParquetFile file, ColumnDescriptor column) {
        LogicalTypeAnnotation kind = column.getPrimitiveType().getLogicalTypeAnnotation();
        boolean time = kind instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation
                || kind instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation
                || kind instanceof LogicalTypeAnnotation.TimeLogicalTypeAnnotation
                || column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT96;
        String name = column.getPath()[0];
        if (time) {
            throw new InputException(Words.of(
                    "%s: the column %s holds timestamps, not texts (%s); some writers take texts that all look like dates for such. Cast it to a string before writing the file.",
                    file.path(), name, kind == null ? "INT96" : kind));
        }
    }

    private static InputException without(ParquetFile file, Map<String, List<ColumnDescriptor>> top) {
        String there = file.schema().getColumns().stream()
                .map(column -> Words.of("%s (%s)", String.join(".", column.getPath()), kind(column)))
                .collect(Collectors.joining(", "));
        return new InputException(Words.of(
                "%s has the columns %s; none is known to hold pictures: a binary column, or a struct with bytes, called image or img was expected. Another one is named by data.columns.image=%s.",
                file.path(), there, top.keySet().stream().findFirst().orElse("NAME")));
    }

    private static String kind(ColumnDescriptor column) {
        LogicalTypeAnnotation kind = column.getPrimitiveType().getLogicalTypeAnnotation();
        return kind == null
                ? column.getPrimitiveType().getPrimitiveTypeName().toString().toLowerCase(Locale.ROOT)
                : kind.toString();
    }

    /** Columns that are not read. */
    List<String> unread(ParquetFile file) {
        TreeSet<String> all = new TreeSet<>(file.schema().getColumns().stream()
                .map(column -> column.getPath()[0])
                .toList());
        for (Optional<ColumnDescriptor> column : Arrays.asList(image, path, label, caption)) {
            column.ifPresent(read -> all.remove(read.getPath()[0]));
        }
        return List.copyOf(all);
    }
}
