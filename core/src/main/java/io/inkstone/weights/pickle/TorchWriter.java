package io.inkstone.weights.pickle;

import io.inkstone.InputException;
import io.inkstone.array.AtomicFile;
import io.inkstone.array.DType;
import io.inkstone.array.NdArray;
import io.inkstone.array.StoredZip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a state dict as PyTorch's zip archive, such that {@code torch.load(path, weights_only=True)} reads it: a pickle
 * of protocol 2 with an OrderedDict of tensors, and one stored entry a tensor, aligned to 64 bytes.
 */
public final class TorchWriter {
    /** The folder inside the archive; PyTorch accepts any. */
    private static final String FOLDER = "archive/";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private TorchWriter() {}

    /** Writes tensors in the map's order, through a temporary name. */
    public static void write(Path path, Map<String, NdArray> tensors) throws IOException {
        ByteBuffer pickle = ByteBuffer.wrap(new TorchWriter().pickle(tensors));
        AtomicFile.write(path, file -> {
            try (StoredZip zip = new StoredZip(file)) {
                zip.add(FOLDER + "data.pkl", pickle);
                zip.add(FOLDER + "byteorder", ascii("little"));
                int key = 0;
                for (NdArray tensor : tensors.values()) {
                    zip.add(FOLDER + "data/" + key++, tensor.data());
                }
                zip.add(FOLDER + "version", ascii("3\n"));
            }
        });
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] pickle(Map<String, NdArray> tensors) {
        bytes(0x80, 2);
        orderedDict();
        bytes('(');
        int key = 0;
        for (var named : tensors.entrySet()) {
            text(named.getKey());
            tensor(named.getValue(), key++);
        }
        bytes('u', '.');
        return out.toByteArray();
    }

    /** {@code collections.OrderedDict()}. */
    private void orderedDict() {
        global("collections", "OrderedDict");
        bytes(')', 'R');
    }

    /** {@code torch._utils._rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks)}. */
    private void tensor(NdArray tensor, int key) {
        String storage = storage(tensor.type());
        boolean untyped = storage == null;
        // types younger than the typed storages are named by version 3's last argument
        global("torch._utils", untyped ? "_rebuild_tensor_v3" : "_rebuild_tensor_v2");
        bytes('(', '(');
        text("storage");
        global(untyped ? "torch.storage" : "torch", untyped ? "UntypedStorage" : storage);
        text(Integer.toString(key));
        text("cpu");
        number(untyped ? tensor.data().remaining() : tensor.count());
        bytes('t', 'Q');
        number(0);
        long[] shape = tensor.shape();
        tuple(shape);
        tuple(strides(shape));
        bytes(0x89);
        orderedDict();
        if (untyped) {
            global("torch", type(tensor.type()));
        }
        bytes('t', 'R');
    }

    private static long[] strides(long[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            strides[d] = stride;
            stride *= Math.max(1, shape[d]);
        }
        return strides;
    }

    private static String storage(DType type) {
        return switch (type) {
            case BOOL -> "BoolStorage";
            case UINT8 -> "ByteStorage";
            case INT8 -> "CharStorage";
            case INT16 -> "ShortStorage";
            case INT32 -> "IntStorage";
            case INT64 -> "LongStorage";
            case FLOAT16 -> "HalfStorage";
            case BFLOAT16 -> "BFloat16Storage";
            case FLOAT32 -> "FloatStorage";
            case FLOAT64 -> "DoubleStorage";
            case UINT16, UINT32, UINT64, FLOAT8_E4M3, FLOAT8_E5M2, FLOAT8_E4M3FNUZ, FLOAT8_E5M2FNUZ, FLOAT8_E8M0 ->
                null;
            case FLOAT4_E2M1 -> throw new InputException("Tensors of 4-bit elements are written as .safetensors only.");
        };
    }

    private static String type(DType type) {
        return switch (type) {
            case FLOAT8_E4M3 -> "float8_e4m3fn";
            case FLOAT8_E8M0 -> "float8_e8m0fnu";
            default -> type.name().toLowerCase(Locale.ROOT);
        };
    }

    private void tuple(long[] values) {
        bytes('(');
        for (long value : values) {
            number(value);
        }
        bytes('t');
    }

    private void number(long value) {
        if (value <= Integer.MAX_VALUE) {
            bytes('J');
            little(value, 4);
        } else {
            bytes(0x8a, 8);
            little(value, 8);
        }
    }

    private void text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        bytes('X');
        little(utf8.length, 4);
        out.writeBytes(utf8);
    }

    private void global(String module, String name) {
        bytes('c');
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void little(long value, int length) {
        byte[] bytes = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        out.write(bytes, 0, length);
    }

    private void bytes(int... values) {
        for (int value : values) {
            out.write(value);
        }
    }
}
