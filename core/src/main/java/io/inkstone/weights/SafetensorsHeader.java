package io.inkstone.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.DType;
import io.inkstone.array.NdArray;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a safetensors file says about itself before its data. Format: "Safetensors format", Hugging Face.
 *
 * @param entries tensors by name, in the order of the header
 * @param metadata the text map {@code __metadata__}; empty where there is none
 * @param dataStart the byte of the file at which tensor data begins
 */
public record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata, long dataStart) {
    /**
     * One tensor.
     *
     * @param type element type
     * @param shape sizes, outermost first; empty for a scalar
     * @param begin first byte, counted from the start of the data
     * @param end the byte after the last
     */
    public record Entry(DType type, long[] shape, long begin, long end) {}

    static final String METADATA = "__metadata__";
    private static final int MAX_DIMENSIONS = 64;
    private static final int MAX_ENTRIES = 200_000;

    private static final Map<DType, String> NAMES = new EnumMap<>(Map.ofEntries(
            Map.entry(DType.BOOL, "BOOL"),
            Map.entry(DType.UINT8, "U8"),
            Map.entry(DType.INT8, "I8"),
            Map.entry(DType.UINT16, "U16"),
            Map.entry(DType.INT16, "I16"),
            Map.entry(DType.UINT32, "U32"),
            Map.entry(DType.INT32, "I32"),
            Map.entry(DType.UINT64, "U64"),
            Map.entry(DType.INT64, "I64"),
            Map.entry(DType.FLOAT8_E4M3, "F8_E4M3"),
            Map.entry(DType.FLOAT8_E5M2, "F8_E5M2"),
            Map.entry(DType.FLOAT8_E4M3FNUZ, "F8_E4M3FNUZ"),
            Map.entry(DType.FLOAT8_E5M2FNUZ, "F8_E5M2FNUZ"),
            Map.entry(DType.FLOAT8_E8M0, "F8_E8M0"),
            Map.entry(DType.FLOAT4_E2M1, "F4"),
            Map.entry(DType.FLOAT16, "F16"),
            Map.entry(DType.BFLOAT16, "BF16"),
            Map.entry(DType.FLOAT32, "F32"),
            Map.entry(DType.FLOAT64, "F64")));

    /** The format's word for an element type. */
    static String name(DType type) {
        return NAMES.get(type);
    }

    /** Reads the JSON object at the parser and checks that the tensors fill {@code dataBytes} without gap or overlap. */
    static SafetensorsHeader parse(JsonParser json, long dataStart, long dataBytes, String file) throws IOException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        try {
            expect(json.nextToken(), JsonToken.START_OBJECT, "the header", file);
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                expect(json.nextToken(), JsonToken.START_OBJECT, name, file);
                if (name.equals(METADATA)) {
                    readMetadata(json, metadata, file);
                } else {
                    entries.put(name, entry(json, name, file));
                }
                if (entries.size() + metadata.size() > MAX_ENTRIES) {
                    throw damaged(file, "it lists more than " + MAX_ENTRIES + " tensors and texts");
                }
            }
            if (json.nextToken() != null) {
                throw damaged(file, "something follows the header's JSON");
            }
        } catch (JsonProcessingException e) {
            throw new InputException(file + " has a damaged safetensors header: " + e.getOriginalMessage(), e);
        }
        checkLayout(entries, dataBytes, file);
        return new SafetensorsHeader(entries, metadata, dataStart);
    }

    private static void readMetadata(JsonParser json, Map<String, String> metadata, String file) throws IOException {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            expect(json.nextToken(), JsonToken.VALUE_STRING, METADATA + "." + key, file);
            metadata.put(key, json.getText());
            if (metadata.size() > MAX_ENTRIES) {
                throw damaged(file, "it lists more than " + MAX_ENTRIES + " texts");
            }
        }
    }

    private static Entry entry(JsonParser json, String name, String file) throws IOException {
        String type = null;
        long[] shape = null;
        long[] offsets = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            switch (key) {
                case "dtype" -> {
                    expect(value, JsonToken.VALUE_STRING, name + ".dtype", file);
                    type = json.getText();
                }
                case "shape" -> shape = numbers(json, name, file);
                case "data_offsets" -> offsets = numbers(json, name, file);
                default -> throw damaged(file, "tensor " + name + " has the unknown key " + key);
            }
        }
        if (type == null || shape == null || offsets == null || offsets.length != 2) {
            throw damaged(file, "tensor " + name + " lacks dtype, shape or two data_offsets");
        }
        return new Entry(type(type, name, file), shape, offsets[0], offsets[1]);
    }

    private static long[] numbers(JsonParser json, String name, String file) throws IOException {
        expect(json.currentToken(), JsonToken.START_ARRAY, name, file);
        long[] values = new long[MAX_DIMENSIONS];
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, name, file);
            if (count == MAX_DIMENSIONS || json.getLongValue() < 0) {
                throw damaged(file, "tensor " + name + " has a negative size or more than 64 of them");
            }
            values[count++] = json.getLongValue();
        }
        return Arrays.copyOf(values, count);
    }

    private static DType type(String type, String name, String file) {
        return NAMES.entrySet().stream()
                .filter(e -> e.getValue().equals(type))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new InputException(Words.of(
                        "%s: tensor %s has dtype %s, which cannot be read. Known are %s.",
                        file, name, type, String.join(", ", NAMES.values()))));
    }

    private static void checkLayout(Map<String, Entry> entries, long dataBytes, String file) {
        long next = 0;
        var inOrder = entries.entrySet().stream()
                .sorted(Map.Entry.comparingByValue((a, b) ->
                        a.begin() != b.begin() ? Long.compare(a.begin(), b.begin()) : Long.compare(a.end(), b.end())))
                .toList();
        for (var named : inOrder) {
            Entry entry = named.getValue();
            long bytes = bytes(named.getKey(), entry, file);
            if (entry.begin() != next) {
                throw damaged(
                        file,
                        Words.of(
                                "tensor %s begins at byte %d where %d was expected; tensors overlap or leave a hole",
                                named.getKey(), entry.begin(), next));
            }
            if (entry.end() - entry.begin() != bytes) {
                throw damaged(
                        file,
                        Words.of(
                                "tensor %s is %s %s, %d bytes, but its offsets span %d",
                                named.getKey(),
                                entry.type(),
                                Arrays.toString(entry.shape()),
                                bytes,
                                entry.end() - entry.begin()));
            }
            next = entry.end();
        }
        if (next != dataBytes) {
            throw damaged(
                    file,
                    Words.of(
                            "its tensors take %d bytes, the file holds %d; it is cut short or something follows them",
                            next, dataBytes));
        }
    }

    private static long bytes(String name, Entry entry, String file) {
        try {
            return NdArray.byteCount(entry.type(), entry.shape());
        } catch (InputException e) {
            throw damaged(file, "tensor " + name + ": " + e.getMessage());
        }
    }

    private static void expect(JsonToken seen, JsonToken wanted, String where, String file) {
        if (seen != wanted) {
            throw damaged(file, Words.of("at %s, %s was expected, got %s", where, wanted, seen));
        }
    }

    static InputException damaged(String file, String why) {
        return new InputException(file + " is not a sound safetensors file: " + why + ".");
    }
}
