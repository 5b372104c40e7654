package io.inkstone.weights;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.DType;
import io.inkstone.array.MappedFile;
import io.inkstone.array.NdArray;
import io.inkstone.tensor.Tensors;
import java.io.IOException;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/** One tensor of a {@link WeightSource}: what it is, and its values when they are asked for. */
public sealed interface StoredTensor {
    /** The element type in the file. */
    DType type();

    /** Sizes, outermost first. */
    long[] shape();

    /** The values as they lie, mapped where the file allows. */
    NdArray array() throws IOException;

    /**
     * The values in memory of their own: float16, bfloat16, float32, float64, int64 and uint8 stay what they are, everything
     * else becomes float32. One copy is made, straight from the file.
     */
    Tensor tensor() throws IOException;

    /** Entries {@code from … from + count − 1} of the first dimension; nothing is read. */
    StoredTensor rows(long from, long count);

    /** The same elements in another shape; nothing is read. */
    StoredTensor reshape(long... other);

    /** Number of elements. */
    default long count() {
        return NdArray.byteCount(DType.UINT8, shape());
    }

    /** Bytes in the file. */
    default long bytes() {
        return NdArray.byteCount(type(), shape());
    }

    /** A tensor whose values are an array already. */
    static StoredTensor of(NdArray array) {
        return new InMemory(array);
    }

    /** Elements in C order from byte {@code begin} of a file that is kept open. */
    record InFile(MappedFile file, DType type, long[] shape, long begin) implements StoredTensor {
        public InFile {
            shape = shape.clone();
        }

        @Override
        public long[] shape() {
            return shape.clone();
        }

        @Override
        public NdArray array() throws IOException {
            return new NdArray(type, shape, file.slice(begin, bytes()));
        }

        @Override
        public Tensor tensor() throws IOException {
            return Tensors.holds(type) ? Tensors.read(type, shape, to -> file.read(begin, to)) : Tensors.of(array());
        }

        @Override
        public StoredTensor rows(long from, long count) {
            if (shape.length == 0 || from < 0 || count < 0 || from > shape[0] - count) {
                throw new InputException(Words.of(
                        "Rows %d to %d lie outside a tensor of shape %s.",
                        from, from + count - 1, Arrays.toString(shape)));
            }
            long[] part = shape.clone();
            part[0] = from;
            long before = NdArray.byteCount(type, part);
            part[0] = count;
            return new InFile(file, type, part, begin + before);
        }

        @Override
        public StoredTensor reshape(long... other) {
            if (NdArray.byteCount(type, other) != bytes()) {
                throw new InputException(Words.of(
                        "A tensor of shape %s cannot take the shape %s.",
                        Arrays.toString(shape), Arrays.toString(other)));
            }
            return new InFile(file, type, other, begin);
        }
    }

    /** Elements of an array. */
    record InMemory(NdArray array) implements StoredTensor {
        @Override
        public DType type() {
            return array.type();
        }

        @Override
        public long[] shape() {
            return array.shape();
        }

        @Override
        public Tensor tensor() {
            return Tensors.of(array);
        }

        @Override
        public StoredTensor rows(long from, long count) {
            return new InMemory(array.rows(from, count));
        }

        @Override
        public StoredTensor reshape(long... other) {
            return new InMemory(array.reshape(other));
        }
    }
}
