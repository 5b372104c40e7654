package io.inkstone.weights.pickle;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.DType;
import io.inkstone.array.NdArray;
import io.inkstone.array.Reorder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Turns views into storages into arrays. Views in C order share the storage's bytes; others are copied, and all copies
 * together are bounded, since strides of 0 can make a small file large.
 */
final class TensorReader {
    private static final long MIN_BUDGET = 64 << 20;

    private final StorageSource source;
    private final String file;
    private long budget;

    TensorReader(StorageSource source, String file, long fileSize) {
        this.source = source;
        this.file = file;
        this.budget = Math.max(MIN_BUDGET, fileSize * 2);
    }

    NdArray read(String name, Py.Tensor tensor) throws IOException {
        long[] shape = tensor.shape();
        int bytes = tensor.type().bytes();
        try {
            long size = NdArray.byteCount(tensor.type(), shape);
            if (size == 0) {
                return new NdArray(tensor.type(), shape, ByteBuffer.allocate(0));
            }
            ByteBuffer storage = source.bytes(tensor.storage());
            long last = tensor.offset();
            for (int d = 0; d < shape.length; d++) {
                last = Math.addExact(last, Math.multiplyExact(shape[d] - 1, tensor.strides()[d]));
            }
            if (last >= storage.remaining() / bytes) {
                throw damaged(
                        name, Words.of("it reaches element %d of a storage of %d", last, storage.remaining() / bytes));
            }
            if (inOrder(shape, tensor.strides()) && !tensor.negated()) {
                return new NdArray(tensor.type(), shape, storage.slice((int) tensor.offset() * bytes, (int) size));
            }
            budget -= size;
            if (budget < 0) {
                throw damaged(name, "its repeated elements would take more memory than the whole file");
            }
            ByteBuffer copy = Reorder.fromStrides(storage, tensor.offset(), shape, tensor.strides(), bytes);
            if (tensor.negated()) {
                negate(copy, tensor.type(), name);
            }
            return new NdArray(tensor.type(), shape, copy);
        } catch (ArithmeticException e) {
            throw damaged(name, Words.of("its shape %s is larger than any file", Arrays.toString(shape)));
        }
    }

    /** The sign is the highest bit of an element's last byte in all floating point types that have one. */
    private void negate(ByteBuffer values, DType type, String name) {
        switch (type) {
            case FLOAT16, BFLOAT16, FLOAT32, FLOAT64, FLOAT8_E4M3, FLOAT8_E5M2 -> {
                for (int i = values.position() + type.bytes() - 1; i < values.limit(); i += type.bytes()) {
                    values.put(i, (byte) (values.get(i) ^ 0x80));
                }
            }
            default -> throw damaged(name, "it is a negated view of " + type);
        }
    }

    /** Whether elements lie one after another with the last index fastest; sizes of 1 may have any stride. */
    private static boolean inOrder(long[] shape, long[] strides) {
        long expected = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            if (shape[d] != 1 && strides[d] != expected) {
                return false;
            }
            expected *= shape[d];
        }
        return true;
    }

    private InputException damaged(String name, String why) {
        return new InputException(Words.of("%s is damaged: tensor %s: %s.", file, name, why));
    }
}
