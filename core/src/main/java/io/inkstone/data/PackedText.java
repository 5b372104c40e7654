package io.inkstone.data;

import io.inkstone.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** How a picture's name and caption lie in a packed file: length of the name, name, caption, in UTF-8. */
final class PackedText {
    private PackedText() {}

    static byte[] encode(Entry entry) {
        byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
        byte[] caption = entry.caption().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + name.length + caption.length)
                .putInt(name.length)
                .put(name)
                .put(caption)
                .array();
    }

    static Entry decode(ByteBuffer bytes, float[] context, Path file) {
        int length = bytes.remaining() < 4 ? -1 : bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new InputException(file + " is damaged: a name is longer than its place. Prepare it again.");
        }
        byte[] name = new byte[length];
        bytes.get(name);
        byte[] caption = new byte[bytes.remaining()];
        bytes.get(caption);
        return new Entry(
                new String(name, StandardCharsets.UTF_8), context, new String(caption, StandardCharsets.UTF_8));
    }

    static byte[] floats(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
