package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the pickles of CIFAR without running them: dictionaries, lists, texts, whole numbers and arrays of bytes, and
 * nothing else. Any other class or operation is refused by its name.
 */
final class BatchPickle {
    private static final Object MARK = new Object();

    /** A class of Python that is named in the file; none is ever loaded. */
    private record Name(String name) {}

    /** An array of NumPy whose bytes come with its state. */
    private static final class Array {
        private byte[] bytes;
    }

    private final Path file;
    private final ByteBuffer in;
    private final Deque<Object> stack = new ArrayDeque<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    private BatchPickle(Path file, ByteBuffer in) {
        this.file = file;
        this.in = in.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Maps, lists, {@code String}, {@code byte[]}, {@code Long}; arrays as their bytes. */
    static Object read(Path file) throws IOException {
        try {
            BatchPickle pickle = new BatchPickle(file, ByteBuffer.wrap(Origin.bytes(file)));
            int operation;
            while ((operation = pickle.in.get() & 0xFF) != '.') {
                pickle.step(operation);
            }
            return plain(pickle.stack.pop());
        } catch (RuntimeException e) {
            if (e instanceof InputException) {
                throw e;
            }
            throw new InputException(Words.of("%s is no pickle of CIFAR, or damaged. Fetch it again.", file), e);
        }
    }

    private static Object plain(Object value) {
        return value instanceof Array array ? array.bytes : value;
    }

    private void step(int operation) {
        switch (operation) {
            case 0x80 -> in.get(); // protocol
            case 0x95 -> in.getLong(); // frame
            case '}' -> stack.push(new LinkedHashMap<Object, Object>());
            case ']' -> stack.push(new ArrayList<Object>());
            case ')' -> stack.push(List.of());
            case '(' -> stack.push(MARK);
            case 'N' -> stack.push("None");
            case 0x88, 0x89 -> stack.push(operation == 0x88 ? 1L : 0L);
            case 'K', 'M', 'J', 0x8a -> stack.push(number(operation));
            case 'U', 'T', 'C', 'B', 'X', 0x8c, 'V', 'S' -> stack.push(text(operation));
            case 'q', 'r', 0x94 -> memo.put(place(operation, 'q'), stack.peek());
            case 'h', 'j' -> stack.push(memo.get(place(operation, 'h')));
            case 0x85, 0x86, 0x87 -> stack.push(last(operation - 0x84));
            case 't' -> stack.push(sinceMark());
            case 'a' -> append(last(1));
            case 'e' -> append(sinceMark());
            case 's' -> put(last(2));
            case 'u' -> put(sinceMark());
            case 'c' -> stack.push(new Name(line() + "." + line()));
            case 0x93 -> {
                List<Object> names = last(2);
                stack.push(new Name(names.get(0) + "." + names.get(1)));
            }
            case 'R' -> reduce();
            case 'b' -> build();
            default ->
                throw new InputException(Words.of(
                        "%s is a pickle with the operation 0x%02x, which pictures do not need; it is not read.",
                        file, operation));
        }
    }

    private long number(int operation) {
        return switch (operation) {
            case 'K' -> in.get() & 0xFF;
            case 'M' -> in.getShort() & 0xFFFF;
            case 'J' -> in.getInt();
            default -> {
                int length = in.get() & 0xFF;
                long value = 0;
                for (int i = 0; i < length; i++) {
                    value |= (in.get() & 0xFFL) << 8 * i;
                }
                yield length > 0 && length < 8 ? value << 64 - 8 * length >> 64 - 8 * length : value;
            }
        };
    }

    private int place(int operation, int small) {
        return operation == 0x94 ? memo.size() : operation == small ? in.get() & 0xFF : in.getInt();
    }

    private Object text(int operation) {
        int length =
                switch (operation) {
                    case 'U', 'C', 0x8c -> in.get() & 0xFF;
                    case 'T', 'B', 'X' -> in.getInt();
                    default ->
                        throw new InputException(file + " is a pickle in the oldest, textual form; it is not read.");
                };
        if (length > in.remaining()) {
            throw new BufferUnderflowException(); // before as much memory is asked for
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return operation == 'X' || operation == 0x8c ? new String(bytes, StandardCharsets.UTF_8) : bytes;
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        char next;
        while ((next = (char) in.get()) != '\n') {
            line.append(next);
        }
        return line.toString();
    }

    private List<Object> last(int count) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(0, stack.pop());
        }
        return values;
    }

    private List<Object> sinceMark() {
        List<Object> values = new ArrayList<>();
        Object value;
        while ((value = stack.pop()) != MARK) {
            values.add(value);
        }
        Collections.reverse(values);
        return values;
    }

    @SuppressWarnings("unchecked")
    private void append(List<Object> values) {
        values.forEach(value -> ((List<Object>) stack.peek()).add(plain(value)));
    }

    @SuppressWarnings("unchecked")
    private void put(List<Object> values) {
        for (int i = 0; i < values.size(); i += 2) {
            ((Map<Object, Object>) stack.peek()).put(key(values.get(i)), plain(values.get(i + 1)));
        }
    }

    private static Object key(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1) : value;
    }

    /** The few calls by which NumPy and Python 2 write bytes; nothing is called, their results are known. */
    private void reduce() {
        List<?> arguments = (List<?>) stack.pop();
        String name = stack.pop() instanceof Name said ? said.name() : "something that is no name";
        switch (name) {
            case "numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct" -> stack.push(new Array());
            case "numpy.dtype" -> {
                String type = String.valueOf(key(arguments.get(0)));
                if (!type.equals("u1")) {
                    throw new InputException(
                            Words.of("%s holds an array of %s; bytes (u1) were expected.", file, type));
                }
                stack.push("dtype");
            }
            case "_codecs.encode" -> stack.push(String.valueOf(arguments.get(0)).getBytes(StandardCharsets.ISO_8859_1));
            default ->
                throw new InputException(Words.of(
                        "%s is a pickle that calls %s, which pictures do not need; it is not read.", file, name));
        }
    }

    /** State of an array: version, shape, type, column order, bytes. */
    private void build() {
        Object state = stack.pop();
        if (stack.peek() instanceof Array array && state instanceof List<?> values && values.size() == 5) {
            array.bytes = (byte[]) values.get(4);
            if (values.get(3) instanceof Long columns && columns != 0) {
                throw new InputException(file + " holds an array by columns; rows were expected.");
            }
        }
    }
}
