package io.inkstone.array;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** NumPy archives (.npz): a zip of .npy files. Stored arrays are mapped, packed ones are unpacked under a limit. */
public final class Npz {
    private static final String SUFFIX = ".npy";

    private Npz() {}

    /** Reads all arrays by name; what is unpacked may take half of the memory this JVM may take. */
    public static Map<String, NdArray> read(Path path) throws IOException {
        return read(path, Runtime.getRuntime().maxMemory() / 2);
    }

    /**
     * Reads all arrays by name, in the order of the archive.
     *
     * @param maxBytes the most bytes that all packed arrays together may unpack to
     */
    public static Map<String, NdArray> read(Path path, long maxBytes) throws IOException {
        try (MappedFile file = MappedFile.open(path)) {
            ZipIndex zip = new ZipIndex(file);
            Map<String, NdArray> arrays = new LinkedHashMap<>();
            long left = maxBytes;
            for (ZipIndex.Entry entry : zip.entries().values()) {
                if (!entry.name().endsWith(SUFFIX)) {
                    throw new InputException(Words.of(
                            "%s is no NumPy archive (.npz): its entry %s is not a .npy file.", path, entry.name()));
                }
                ByteBuffer bytes = zip.bytes(entry, left);
                left -= entry.stored() ? 0 : entry.size();
                String name = entry.name().substring(0, entry.name().length() - SUFFIX.length());
                arrays.put(name, array(bytes, path + " entry " + entry.name()));
            }
            return arrays;
        }
    }

    private static NdArray array(ByteBuffer bytes, String name) {
        NpyHeader header = NpyFile.header(bytes, name);
        if (header.bytes(name) != bytes.remaining()) {
            throw new InputException(Words.of(
                    "%s is cut short or damaged: %s %s needs %d bytes, got %d.",
                    name, header.type(), Arrays.toString(header.shape()), header.bytes(name), bytes.remaining()));
        }
        return NpyFile.array(header, header.shape(), bytes.slice());
    }

    /** Writes arrays, stored, through a temporary name. Types that NumPy lacks are widened to float32. */
    public static void write(Path path, Map<String, NdArray> arrays) throws IOException {
        AtomicFile.write(path, out -> {
            try (StoredZip zip = new StoredZip(out)) {
                for (var named : arrays.entrySet()) {
                    NdArray array = Npy.representable(named.getValue());
                    zip.add(named.getKey() + SUFFIX, ByteBuffer.wrap(Npy.head(array)), array.data());
                }
            }
        });
    }
}
