package io.inkstone.data;

import io.inkstone.InputException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a picture's name and captions lie in a packed file, in UTF-8: length of the name, name, caption; where there are
 * several captions −1 − length of the name, name, then each caption behind its length.
 */
final class PackedText {
    private PackedText() {}

    static byte[] encode(Entry entry) {
        byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            boolean several = entry.captions().size() > 1;
            out.writeInt(several ? -1 - name.length : name.length);
            out.write(name);
            for (String caption : entry.captions()) {
                byte[] text = caption.getBytes(StandardCharsets.UTF_8);
                if (several) {
                    out.writeInt(text.length);
                }
                out.write(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    static Entry decode(ByteBuffer bytes, float[] context, Path file) {
        int length = bytes.remaining() < 4 ? Integer.MAX_VALUE : bytes.getInt();
        boolean several = length < 0;
        String name = text(bytes, several ? -1 - length : length, file);
        if (!several) {
            return new Entry(name, context, text(bytes, bytes.remaining(), file));
        }
        List<String> captions = new ArrayList<>();
        while (bytes.remaining() >= 4) {
            captions.add(text(bytes, bytes.getInt(), file));
        }
        return new Entry(name, context, captions);
    }

    private static String text(ByteBuffer bytes, int length, Path file) {
        if (length < 0 || length > bytes.remaining()) {
            throw new InputException(file + " is damaged: a name is longer than its place. Prepare it again.");
        }
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    static byte[] floats(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
