package io.inkstone.weights.pickle;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.ZipIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Storages as entries {@code data/0}, {@code data/1}, … of an archive. */
final class ZipStorages implements StorageSource {
    private final ZipIndex zip;
    private final String folder;
    private final String file;
    private final Map<String, ByteBuffer> taken = new HashMap<>();
    private long unpackable = Runtime.getRuntime().maxMemory() / 2;

    ZipStorages(ZipIndex zip, String folder, String file) {
        this.zip = zip;
        this.folder = folder;
        this.file = file;
    }

    @Override
    public ByteBuffer bytes(Py.Storage storage) throws IOException {
        ZipIndex.Entry entry = zip.entries().get(folder + storage.key());
        if (entry == null) {
            throw new InputException(Words.of("%s is damaged: it holds no entry %s%s.", file, folder, storage.key()));
        }
        if (entry.size() / storage.type().bytes() != storage.count()
                || entry.size() % storage.type().bytes() != 0) {
            throw new InputException(Words.of(
                    "%s is damaged: storage %s has %d bytes, %d elements of %s were expected.",
                    file, storage.key(), entry.size(), storage.count(), storage.type()));
        }
        ByteBuffer bytes = taken.get(storage.key());
        if (bytes == null) {
            bytes = zip.bytes(entry, unpackable);
            unpackable -= entry.stored() ? 0 : entry.size();
            taken.put(storage.key(), bytes);
        }
        return bytes;
    }
}
