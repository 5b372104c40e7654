package io.inkstone.data.source;

import io.inkstone.Words;
import io.inkstone.array.AtomicFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/**
 * Indices of large tars, kept in {@code ~/.cache/inkstone} ({@code XDG_CACHE_HOME}) so that a set opens at once the next
 * time. One is used only for a file of the same path, size and time; a folder that cannot be written means no cache.
 */
final class TarIndexCache {
    /** Below this size a tar is looked through each time. */
    private static final long LARGE = 64L << 20;

    private static final long MAGIC = 0x494E4B5441523031L; // INKTAR01

    private TarIndexCache() {}

    static TarIndex index(Path tar, String image) throws IOException {
        if (Files.size(tar) < LARGE) {
            return TarIndex.of(tar, image);
        }
        return index(tar, image, folder());
    }

    static TarIndex index(Path tar, String image, Path folder) throws IOException {
        String identity = Words.of(
                "%s|%d|%d|%s",
                tar.toRealPath(),
                Files.size(tar),
                Files.getLastModifiedTime(tar).toMillis(),
                image);
        Path kept =
                folder.resolve("tar-" + UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)) + ".index");
        try {
            if (Files.isRegularFile(kept)) {
                TarIndex index = read(kept, tar, identity);
                if (index != null) {
                    return index;
                }
            }
        } catch (IOException | RuntimeException damaged) {
            Files.deleteIfExists(kept); // made anew below
        }
        TarIndex index = TarIndex.of(tar, image);
        try {
            Files.createDirectories(folder);
            AtomicFile.write(kept, out -> write(out, index, identity));
        } catch (IOException | RuntimeException noRoom) {
            return index; // looked through again the next time
        }
        return index;
    }

    private static Path folder() {
        String set = System.getenv("XDG_CACHE_HOME");
        Path home = set == null || set.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(set);
        return home.resolve("inkstone");
    }

    private static void write(OutputStream plain, TarIndex index, String identity) throws IOException {
        DataOutputStream out = new DataOutputStream(plain);
        out.writeLong(MAGIC);
        out.writeUTF(identity);
        out.writeInt(index.count);
        out.writeInt(index.unread.size());
        for (Map.Entry<String, Integer> field : index.unread.entrySet()) {
            out.writeUTF(field.getKey());
            out.writeInt(field.getValue());
        }
        out.writeInt(index.names.length);
        out.write(index.names);
        ints(out, index.nameEnds);
        longs(out, index.pictures);
        ints(out, index.pictureLengths);
        longs(out, index.texts);
        ints(out, index.textLengths);
        ints(out, index.classes);
    }

    private static void ints(OutputStream out, int[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
        bytes.asIntBuffer().put(values);
        out.write(bytes.array());
    }

    private static void longs(OutputStream out, long[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES);
        bytes.asLongBuffer().put(values);
        out.write(bytes.array());
    }

    /** The kept index, or null where it is of another file. */
    private static TarIndex read(Path kept, Path tar, String identity) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(kept), 1 << 20))) {
            if (in.readLong() != MAGIC || !in.readUTF().equals(identity)) {
                return null;
            }
            TarIndex index = new TarIndex(tar);
            index.count = in.readInt();
            int unread = in.readInt();
            for (int i = 0; i < unread; i++) {
                index.unread.put(in.readUTF(), in.readInt());
            }
            index.names = in.readNBytes(in.readInt());
            index.resize(index.count);
            ByteBuffer.wrap(in.readNBytes(index.count * Integer.BYTES))
                    .asIntBuffer()
                    .get(index.nameEnds);
            ByteBuffer.wrap(in.readNBytes(index.count * Long.BYTES))
                    .asLongBuffer()
                    .get(index.pictures);
            ByteBuffer.wrap(in.readNBytes(index.count * Integer.BYTES))
                    .asIntBuffer()
                    .get(index.pictureLengths);
            ByteBuffer.wrap(in.readNBytes(index.count * Long.BYTES))
                    .asLongBuffer()
                    .get(index.texts);
            ByteBuffer.wrap(in.readNBytes(index.count * Integer.BYTES))
                    .asIntBuffer()
                    .get(index.textLengths);
            ByteBuffer.wrap(in.readNBytes(index.count * Integer.BYTES))
                    .asIntBuffer()
                    .get(index.classes);
            return index;
        }
    }
}
