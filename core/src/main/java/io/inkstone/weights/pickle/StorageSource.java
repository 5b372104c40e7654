package io.inkstone.weights.pickle;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the bytes of storages lie. */
interface StorageSource {
    /** All bytes of a storage: exactly its count times the size of its elements. */
    ByteBuffer bytes(Py.Storage storage) throws IOException;
}
