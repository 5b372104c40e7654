package io.inkstone.array;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The header of a NumPy file: a Python dictionary with exactly the keys {@code descr}, {@code fortran_order} and
 * {@code shape}. Format: numpy.lib.format, "A simple format for saving numpy arrays to disk", versions 1.0 to 3.0.
 *
 * @param type element type
 * @param bigEndian whether elements are stored with the highest byte first
 * @param fortran whether the first index runs fastest
 * @param shape sizes, outermost first
 */
record NpyHeader(DType type, boolean bigEndian, boolean fortran, long[] shape) {
    private static final int MAX_DIMENSIONS = 64;

    private static final Map<String, DType> TYPES = Map.ofEntries(
            Map.entry("b1", DType.BOOL),
            Map.entry("u1", DType.UINT8),
            Map.entry("i1", DType.INT8),
            Map.entry("u2", DType.UINT16),
            Map.entry("i2", DType.INT16),
            Map.entry("u4", DType.UINT32),
            Map.entry("i4", DType.INT32),
            Map.entry("u8", DType.UINT64),
            Map.entry("i8", DType.INT64),
            Map.entry("f2", DType.FLOAT16),
            Map.entry("f4", DType.FLOAT32),
            Map.entry("f8", DType.FLOAT64));

    /** Parses the dictionary; {@code file} is named in messages. */
    static NpyHeader parse(String text, String file) {
        PythonLiteral literal = new PythonLiteral(text, file);
        String descr = null;
        Boolean fortran = null;
        long[] shape = null;
        literal.expect('{');
        while (!literal.accept('}')) {
            String key = literal.string();
            literal.expect(':');
            if (key.equals("descr") && descr == null) {
                descr = literal.stringOrOther();
            } else if (key.equals("fortran_order") && fortran == null) {
                fortran = literal.bool();
            } else if (key.equals("shape") && shape == null) {
                shape = literal.tuple(MAX_DIMENSIONS);
            } else {
                throw literal.damaged("the key '" + key + "' is unknown or comes twice");
            }
            if (!literal.accept(',')) {
                literal.expect('}');
                break;
            }
        }
        literal.end();
        if (descr == null || fortran == null || shape == null) {
            throw literal.damaged("descr, fortran_order and shape are all needed");
        }
        return of(descr, fortran, shape, file);
    }

    private static NpyHeader of(String descr, boolean fortran, long[] shape, String file) {
        if (descr.endsWith("O")) {
            throw new InputException(file + " holds Python objects (dtype object), which cannot be read without running"
                    + " Python. Save numbers: numpy.save(name, array.astype('float32')).");
        }
        DType type = descr.length() < 2 ? null : TYPES.get(descr.substring(1));
        if (type == null || "<>|".indexOf(descr.charAt(0)) < 0) {
            throw new InputException(Words.of(
                    "%s holds elements of dtype %s; booleans, integers and floats of 8 to 64 bits can"
                            + " be read. Convert it with array.astype('float32').",
                    file, descr));
        }
        return new NpyHeader(type, descr.charAt(0) == '>' && type.bytes() > 1, fortran, shape);
    }

    /** Bytes of all elements; a product that no file can hold is an {@link InputException}. */
    long bytes(String file) {
        try {
            return NdArray.byteCount(type, shape);
        } catch (InputException e) {
            throw new InputException(file + " has a damaged NumPy header. " + e.getMessage(), e);
        }
    }

    /** The dictionary of a C-ordered little-endian array, as NumPy writes it. */
    static String format(DType type, long[] shape) {
        String code = TYPES.entrySet().stream()
                .filter(e -> e.getValue() == type)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        String sizes = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
        return Words.of(
                "{'descr': '%s%s', 'fortran_order': False, 'shape': (%s%s), }",
                type.bytes() == 1 ? "|" : "<", code, sizes, shape.length == 1 ? "," : "");
    }
}
