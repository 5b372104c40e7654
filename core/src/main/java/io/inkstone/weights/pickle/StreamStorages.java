package io.inkstone.weights.pickle;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.MappedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Storages one after another behind the pickles, each after its number of elements: the format before PyTorch 1.6. */
final class StreamStorages implements StorageSource {
    private final MappedFile file;
    private final Map<String, Long> starts;

    private StreamStorages(MappedFile file, Map<String, Long> starts) {
        this.file = file;
        this.starts = starts;
    }

    /**
     * Finds where each storage begins.
     *
     * @param position the byte behind the last pickle
     * @param keys the list of keys in the order of the file
     * @param storages what the pickle said of each key
     */
    static StreamStorages of(MappedFile file, long position, Py keys, Map<String, Py.Storage> storages)
            throws IOException {
        if (!(keys instanceof Py.Items list)) {
            throw damaged(file, "its list of storages is missing");
        }
        Map<String, Long> starts = new HashMap<>();
        long at = position;
        for (Py key : list.values) {
            Py.Storage storage = key instanceof Py.Text text ? storages.get(text.value()) : null;
            if (storage == null) {
                throw damaged(file, "a storage belongs to no tensor");
            }
            long count = file.slice(at, 8).getLong();
            long left = file.size() - at - 8;
            if (count != storage.count() || count > left / storage.type().bytes()) {
                throw damaged(
                        file,
                        Words.of(
                                "storage %s has %d elements, %d were expected, %d bytes are left",
                                storage.key(), count, storage.count(), left));
            }
            starts.put(storage.key(), at + 8);
            at += 8 + count * storage.type().bytes();
        }
        if (at != file.size()) {
            throw damaged(file, (file.size() - at) + " bytes follow the last storage");
        }
        return new StreamStorages(file, starts);
    }

    @Override
    public ByteBuffer bytes(Py.Storage storage) throws IOException {
        Long start = starts.get(storage.key());
        if (start == null) {
            throw damaged(file, "storage " + storage.key() + " is missing");
        }
        return file.slice(start, storage.count() * storage.type().bytes());
    }

    private static InputException damaged(MappedFile file, String why) {
        return new InputException(file.path() + " is cut short or damaged: " + why + ".");
    }
}
