package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.MappedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Type;

/**
 * Some rows of an Arrow file: buffers of marks which values are there, of ends, and of values.
 *
 * @param body where the buffers begin in the file
 */
record ArrowBatch(MappedFile file, RecordBatch record, long body, int rows) {

    private static final int VIEW = 16;

    /** Binary values of a column without lists, null where there is none. */
    Object[] slices(ArrowLayout.Column column) throws IOException {
        Object[] all = values(column.values(), rows);
        boolean[] there = there(column.structs());
        for (int i = 0; i < rows; i++) {
            all[i] = there[i] ? all[i] : null;
        }
        return all;
    }

    /** Values of each row; none where there is none. */
    List<List<Object>> lists(ArrowLayout.Column column) throws IOException {
        boolean[] there = there(column.structs());
        long[] ends = column.list().isEmpty() ? null : ends(column.list().get(0), rows);
        boolean[] listed = column.list().isEmpty() ? there : valid(column.list().get(0), rows);
        int count = ends == null ? rows : Math.toIntExact(ends[rows]);
        requireRoom(column.values(), count);
        Object[] values = values(column.values(), count);
        List<List<Object>> all = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            List<Object> row = new ArrayList<>(1);
            int from = ends == null ? i : Math.toIntExact(ends[i]);
            int to = ends == null ? i + 1 : Math.toIntExact(ends[i + 1]);
            for (int k = from; there[i] && listed[i] && k < to; k++) {
                if (values[k] instanceof Slice slice) {
                    row.add(slice.read());
                } else if (values[k] != null) {
                    row.add(values[k]);
                }
            }
            all.add(row);
        }
        return all;
    }

    /** Each value takes a bit of the file at least; what claims more is damaged, and memory for it is not asked for. */
    private void requireRoom(ArrowLayout.Place place, int count) {
        long bytes = place.type() == Type.Null || count == 0
                ? file.size()
                : Math.min(file.size(), buffer(place, 1).length());
        if (count < 0 || count > Byte.SIZE * bytes) {
            throw new InputException(Words.of(
                    "%s is damaged: it claims %d values in %d bytes. Fetch it again.", file.path(), count, bytes));
        }
    }

    private record Slice(MappedFile file, long offset, int length) implements PictureTable.Later {
        @Override
        public byte[] read() throws IOException {
            byte[] bytes = new byte[length];
            file.slice(offset, length).get(bytes);
            return bytes;
        }
    }

    private boolean[] there(List<ArrowLayout.Place> structs) throws IOException {
        boolean[] there = filled(rows);
        for (ArrowLayout.Place struct : structs) {
            boolean[] valid = valid(struct, rows);
            for (int i = 0; i < rows; i++) {
                there[i] &= valid[i];
            }
        }
        return there;
    }

    private static boolean[] filled(int count) {
        boolean[] all = new boolean[count];
        Arrays.fill(all, true);
        return all;
    }

    /** A field without missing values may have no marks. */
    private boolean[] valid(ArrowLayout.Place place, int count) throws IOException {
        ByteBuffer marks = bytes(place, 0);
        if (marks.capacity() == 0) {
            return filled(count);
        }
        boolean[] valid = new boolean[count];
        for (int i = 0; i < count; i++) {
            valid[i] = bit(marks, i);
        }
        return valid;
    }

    private static boolean bit(ByteBuffer bits, int index) {
        return (bits.get(index >> 3) >> (index & 7) & 1) == 1;
    }

    private Object[] values(ArrowLayout.Place place, int count) throws IOException {
        Object[] all = new Object[count];
        if (place.type() == Type.Null || count == 0) {
            return all;
        }
        boolean[] valid = valid(place, count);
        boolean binary =
                switch (place.type()) {
                    case Type.Utf8, Type.LargeUtf8, Type.Binary, Type.LargeBinary -> true;
                    default -> false;
                };
        long[] ends = binary ? ends(place, count) : null;
        ByteBuffer fixed = binary ? null : bytes(place, 1);
        for (int i = 0; i < count; i++) {
            if (valid[i]) {
                all[i] = binary
                        ? slice(buffer(place, 2), ends[i], ends[i + 1])
                        : place.isView() ? view(place, fixed, i) : number(place, fixed, i);
            }
        }
        return all;
    }

    /** Sixteen bytes: a length, and then the value if it fits, or four bytes of it, a buffer and where it begins there. */
    private Slice view(ArrowLayout.Place place, ByteBuffer views, int i) {
        int length = views.getInt(VIEW * i);
        if (length <= VIEW - Integer.BYTES) {
            long at = (long) VIEW * i + Integer.BYTES;
            return slice(buffer(place, 1), at, at + length);
        }
        long from = views.getInt(VIEW * i + 12);
        return slice(buffer(place, 2 + views.getInt(VIEW * i + 8)), from, from + length);
    }

    private Slice slice(Buffer data, long from, long to) {
        if (from < 0 || to < from || to > data.length() || to - from > Origin.MOST_BYTES) {
            throw new InputException(Words.of(
                    "%s is damaged: a value lies at %d to %d of %d bytes. Fetch it again.",
                    file.path(), from, to, data.length()));
        }
        return new Slice(file, body + data.offset() + from, (int) (to - from));
    }

    private static Object number(ArrowLayout.Place place, ByteBuffer numbers, int i) {
        if (place.type() == Type.Bool) {
            return bit(numbers, i);
        }
        if (place.type() == Type.FloatingPoint) {
            return place.width() == 32 ? (double) numbers.getFloat(4 * i) : numbers.getDouble(8 * i);
        }
        return switch (place.width()) {
            case 8 -> place.signed() ? numbers.get(i) : numbers.get(i) & 0xFFL;
            case 16 -> place.signed() ? (long) numbers.getShort(2 * i) : numbers.getShort(2 * i) & 0xFFFFL;
            case 32 -> place.signed() ? (long) numbers.getInt(4 * i) : numbers.getInt(4 * i) & 0xFFFFFFFFL;
            default -> numbers.getLong(8 * i);
        };
    }

    /** Where values begin, and behind them where the last ends; what has a fixed length says none. */
    private long[] ends(ArrowLayout.Place place, int count) throws IOException {
        long[] ends = new long[count + 1];
        if (place.type() == Type.FixedSizeList) {
            for (int i = 0; i <= count; i++) {
                ends[i] = (long) i * place.width();
            }
            return ends;
        }
        boolean large =
                place.type() == Type.LargeUtf8 || place.type() == Type.LargeBinary || place.type() == Type.LargeList;
        ByteBuffer buffer = bytes(place, 1);
        for (int i = 0; i <= count && buffer.capacity() > 0; i++) {
            ends[i] = large ? buffer.getLong(8 * i) : buffer.getInt(4 * i);
        }
        return ends;
    }

    private Buffer buffer(ArrowLayout.Place place, int which) {
        long index = place.buffer() + which;
        for (int i = 0; i < place.views(); i++) {
            index += record.variadicBufferCounts(i);
        }
        if (index < 0 || index >= record.buffersLength()) {
            throw new InputException(Words.of(
                    "%s is damaged: its columns need a buffer %d, and it has %d. Fetch it again.",
                    file.path(), index, record.buffersLength()));
        }
        return record.buffers((int) index);
    }

    private ByteBuffer bytes(ArrowLayout.Place place, int which) throws IOException {
        Buffer buffer = buffer(place, which);
        return file.slice(body + buffer.offset(), buffer.length());
    }
}
