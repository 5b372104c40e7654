package io.inkstone.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.inkstone.InputException;
import io.inkstone.NearestName;
import io.inkstone.Words;
import io.inkstone.array.AtomicFile;
import io.inkstone.array.FileStart;
import io.inkstone.array.LazyArray;
import io.inkstone.array.MappedFile;
import io.inkstone.array.NdArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Safetensors files: an 8-byte length, a JSON header, then the tensors one after another. Format: "Safetensors format",
 * Hugging Face. Everything the header claims is checked before a tensor is touched; tensors are mapped, not copied.
 */
public final class Safetensors {
    /** The format's own limit of the header. */
    static final long MAX_HEADER = 100_000_000;

    private static final int ALIGNMENT = 8;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // names of a hostile file must not stay in the JVM's table of strings
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(8).build())
            .build();

    private Safetensors() {}

    /** What the file holds, without its data. */
    public static SafetensorsHeader header(Path path) throws IOException {
        try (MappedFile file = MappedFile.open(path)) {
            return header(file);
        }
    }

    /** All tensors, in the order of the header, and the metadata. */
    public static WeightSet read(Path path) throws IOException {
        try (MappedFile file = MappedFile.open(path)) {
            return read(file);
        }
    }

    /** The same of an open file. */
    public static WeightSet read(MappedFile file) throws IOException {
        SafetensorsHeader header = header(file);
        return read(file, header, header.entries().keySet());
    }

    /** Only the tensors {@code names}, in that order; a name that is not there is an {@link InputException}. */
    public static WeightSet read(Path path, Collection<String> names) throws IOException {
        try (MappedFile file = MappedFile.open(path)) {
            return read(file, header(file), names);
        }
    }

    /** Whether a file may be in this format, from its first bytes and its size. */
    static boolean looksLike(byte[] start, long size) {
        if (start.length < 10) {
            return false;
        }
        long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return start[8] == '{' && length >= 2 && length <= MAX_HEADER && length <= size - 8;
    }

    static SafetensorsHeader header(MappedFile file) throws IOException {
        String name = file.path().toString();
        byte[] start = file.start(FileStart.LENGTH);
        if (start.length < 10) {
            throw SafetensorsHeader.damaged(name, "it has only " + start.length + " bytes");
        }
        long length = file.slice(0, 8).getLong();
        if (start[8] != '{') {
            throw new InputException(
                    Words.of("%s is not a safetensors file; it is %s.", name, FileStart.describe(start)));
        }
        if (length < 2 || length > Math.min(MAX_HEADER, file.size() - 8)) {
            throw SafetensorsHeader.damaged(
                    name, Words.of("its header claims %d bytes, the file has %d", length, file.size()));
        }
        byte[] text = new byte[(int) length];
        file.slice(8, length).get(text);
        try (JsonParser json = JSON.createParser(text)) {
            return SafetensorsHeader.parse(json, 8 + length, file.size() - 8 - length, name);
        }
    }

    private static WeightSet read(MappedFile file, SafetensorsHeader header, Collection<String> names)
            throws IOException {
        Map<String, NdArray> tensors = new LinkedHashMap<>();
        for (String name : names) {
            SafetensorsHeader.Entry entry = header.entries().get(name);
            if (entry == null) {
                throw new InputException(Words.of(
                        "%s holds no tensor %s.%s",
                        file.path(),
                        name,
                        NearestName.suggestion(name, header.entries().keySet())));
            }
            ByteBuffer data = file.slice(header.dataStart() + entry.begin(), entry.end() - entry.begin());
            tensors.put(name, new NdArray(entry.type(), entry.shape(), data));
        }
        return new WeightSet(tensors, header.metadata(), List.of());
    }

    /** Writes tensors and metadata, through a temporary name. */
    public static void write(Path path, WeightSet set) throws IOException {
        write(path, set.tensors(), set.metadata());
    }

    /**
     * Writes tensors sorted by name (wider element types first, so that each is aligned to its own size), through a
     * temporary name: the same tensors give the same bytes.
     */
    public static void write(Path path, Map<String, NdArray> tensors, Map<String, String> metadata) throws IOException {
        Map<String, LazyArray> all = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> all.put(name, LazyArray.of(tensor)));
        writeLazily(path, all, metadata);
    }

    /** As {@link #write(Path, Map, Map)}, with tensors that are made while they are written, one after another. */
    public static void writeLazily(Path path, Map<String, LazyArray> tensors, Map<String, String> metadata)
            throws IOException {
        if (tensors.containsKey(SafetensorsHeader.METADATA)) {
            throw new InputException("A tensor cannot be named " + SafetensorsHeader.METADATA + " in safetensors.");
        }
        List<Map.Entry<String, LazyArray>> sorted = tensors.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, LazyArray>>comparingInt(
                                e -> -e.getValue().type().bits())
                        .thenComparing(Map.Entry::getKey))
                .toList();
        byte[] header = format(sorted, metadata);
        AtomicFile.write(path, out -> {
            out.write(header);
            for (var named : sorted) {
                named.getValue().copyTo(out);
            }
        });
    }

    private static byte[] format(List<Map.Entry<String, LazyArray>> tensors, Map<String, String> metadata)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[8]);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectFieldStart(SafetensorsHeader.METADATA);
                for (var text : new TreeMap<>(metadata).entrySet()) {
                    json.writeStringField(text.getKey(), text.getValue());
                }
                json.writeEndObject();
            }
            long offset = 0;
            for (var named : tensors) {
                LazyArray tensor = named.getValue();
                long end = offset + tensor.bytes();
                json.writeObjectFieldStart(named.getKey());
                json.writeStringField("dtype", SafetensorsHeader.name(tensor.type()));
                long[] shape = tensor.shape();
                json.writeFieldName("shape");
                json.writeArray(shape, 0, shape.length);
                json.writeFieldName("data_offsets");
                json.writeArray(new long[] {offset, end}, 0, 2);
                json.writeEndObject();
                offset = end;
            }
            json.writeEndObject();
        }
        while (bytes.size() % ALIGNMENT != 0) {
            bytes.write(' ');
        }
        byte[] header = bytes.toByteArray();
        ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length - 8L);
        return header;
    }
}
