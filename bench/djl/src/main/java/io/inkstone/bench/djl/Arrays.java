package io.inkstone.bench.djl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Float32 arrays of a safetensors file; others are passed over. */
final class Arrays {
    private final Map<String, Entry> entries = new HashMap<>();

    /** One array: its shape and its values. */
    record Entry(long[] shape, FloatBuffer values) {
        /** Part {@code index} of the first dimension. */
        FloatBuffer part(int index) {
            int size = (int) (values.capacity() / shape[0]);
            return values.duplicate().position(index * size).limit((index + 1) * size).slice();
        }

        long[] partShape() {
            return java.util.Arrays.copyOfRange(shape, 1, shape.length);
        }
    }

    Arrays(Path file) throws IOException {
        ByteBuffer bytes;
        try (FileChannel channel = FileChannel.open(file)) {
            bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()).order(ByteOrder.LITTLE_ENDIAN);
        }
        byte[] header = new byte[(int) bytes.getLong()];
        bytes.get(header);
        int start = bytes.position();
        JsonNode all = new ObjectMapper().readTree(new String(header, StandardCharsets.UTF_8));
        all.fields().forEachRemaining(field -> {
            JsonNode entry = field.getValue();
            if (entry.path("dtype").asText().equals("F32")) {
                int begin = start + entry.get("data_offsets").get(0).asInt();
                int end = start + entry.get("data_offsets").get(1).asInt();
                long[] shape = new long[entry.get("shape").size()];
                for (int i = 0; i < shape.length; i++) {
                    shape[i] = entry.get("shape").get(i).asLong();
                }
                ByteBuffer slice = bytes.duplicate().position(begin).limit(end).slice().order(ByteOrder.LITTLE_ENDIAN);
                entries.put(field.getKey(), new Entry(shape, slice.asFloatBuffer()));
            }
        });
    }

    Entry get(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("The file has no float32 array named " + name + ".");
        }
        return entry;
    }

}
