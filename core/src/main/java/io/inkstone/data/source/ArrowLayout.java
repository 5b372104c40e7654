package io.inkstone.data.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Union;
import org.apache.arrow.flatbuf.UnionMode;

/** Where the values of each column lie among the buffers of a batch: fields in depth first, each with those of its type. */
final class ArrowLayout {
    private static final int MOST_DEPTH = 32;
    private static final int MOST_FIELDS = 10_000;

    /**
     * One column.
     *
     * @param shown what it is called and holds
     * @param structs the first buffers of the structs around it, which say where there is none
     * @param list the list around its values, if a row has several
     * @param values the values themselves
     */
    record Column(TableColumn shown, List<Place> structs, List<Place> list, Place values) {}

    /**
     * One field of a batch.
     *
     * @param type of {@link Type}
     * @param width bits of a number, or values of a list of fixed length
     * @param signed of whole numbers
     * @param node its length among those of all fields
     * @param buffer its first buffer, of those whose number does not change from batch to batch
     * @param views how many fields before it have a number of buffers that each batch says
     */
    record Place(byte type, int width, boolean signed, int node, int buffer, int views) {
        boolean isView() {
            return type == Type.Utf8View || type == Type.BinaryView;
        }
    }

    private final List<Column> columns = new ArrayList<>();
    private final boolean old;
    private int nodes;
    private int buffers;
    private int views;
    private int fields;

    ArrowLayout(Schema schema, short version) {
        this.old = version < MetadataVersion.V5;
        for (int i = 0; i < schema.fieldsLength(); i++) {
            walk(schema.fields(i), List.of(), List.of(), List.of(), 0);
        }
    }

    List<Column> columns() {
        return columns;
    }

    private void walk(Field field, List<String> above, List<Place> structs, List<Place> list, int depth) {
        if (depth > MOST_DEPTH || ++fields > MOST_FIELDS) {
            throw new IllegalArgumentException("more fields in one another than a table has");
        }
        List<String> path = list.isEmpty() ? with(above, String.valueOf(field.name())) : above;
        Place place = place(field);
        boolean folded = field.dictionary() != null;
        int children = folded ? 0 : field.childrenLength();
        boolean struct = place.type() == Type.Struct_ && list.isEmpty();
        boolean several = isList(place.type()) && list.isEmpty() && children == 1;
        if (folded || !(struct || several)) {
            columns.add(column(path, place, folded, structs, list));
        }
        for (int i = 0; i < children; i++) {
            if (struct) {
                walk(field.children(i), path, with(structs, place), list, depth + 1);
            } else if (several && field.children(i).childrenLength() == 0) {
                walk(field.children(i), path, structs, List.of(place), depth + 1);
            } else {
                skip(field.children(i), depth + 1);
            }
        }
        if (several && field.children(0).childrenLength() != 0) {
            columns.add(column(path, place, true, structs, list)); // lists of something with a form of its own
        }
    }

    /** Counts what is not read. */
    private void skip(Field field, int depth) {
        if (depth > MOST_DEPTH || ++fields > MOST_FIELDS) {
            throw new IllegalArgumentException("more fields in one another than a table has");
        }
        place(field);
        for (int i = 0; field.dictionary() == null && i < field.childrenLength(); i++) {
            skip(field.children(i), depth + 1);
        }
    }

    private static Column column(
            List<String> path, Place place, boolean strange, List<Place> structs, List<Place> list) {
        TableColumn.Kind kind = strange ? TableColumn.Kind.OTHER : kind(place);
        String name = Type.name(place.type()).toLowerCase(Locale.ROOT).replace("_", "");
        String words = (strange ? "encoded " : "") + name + (place.width() > 0 ? place.width() : "");
        return new Column(new TableColumn(path, kind, !list.isEmpty(), words), structs, list, place);
    }

    private static TableColumn.Kind kind(Place place) {
        return switch (place.type()) {
            case Type.Utf8, Type.LargeUtf8, Type.Utf8View -> TableColumn.Kind.TEXT;
            case Type.Binary, Type.LargeBinary, Type.BinaryView -> TableColumn.Kind.BYTES;
            case Type.Int, Type.Bool -> TableColumn.Kind.NUMBER;
            case Type.FloatingPoint -> place.width() >= 32 ? TableColumn.Kind.NUMBER : TableColumn.Kind.OTHER;
            case Type.Date, Type.Time, Type.Timestamp -> TableColumn.Kind.TIME;
            default -> TableColumn.Kind.OTHER;
        };
    }

    private static boolean isList(byte type) {
        return type == Type.List || type == Type.LargeList || type == Type.FixedSizeList;
    }

    /** The place of a field; counts its own node and buffers, not those of its children. */
    private Place place(Field field) {
        byte type = field.typeType();
        Place place = new Place(type, width(field), isSigned(field), nodes, buffers, views);
        nodes++;
        buffers += field.dictionary() != null ? 2 : buffers(field);
        views += field.dictionary() == null && place.isView() ? 1 : 0;
        return place;
    }

    private static int width(Field field) {
        return switch (field.typeType()) {
            case Type.Int -> ((Int) field.type(new Int())).bitWidth();
            case Type.FloatingPoint ->
                16 << ((FloatingPoint) field.type(new FloatingPoint())).precision() - Precision.HALF;
            case Type.FixedSizeList -> ((FixedSizeList) field.type(new FixedSizeList())).listSize();
            default -> 0;
        };
    }

    private static boolean isSigned(Field field) {
        return field.typeType() == Type.Int && ((Int) field.type(new Int())).isSigned();
    }

    private int buffers(Field field) {
        return switch (field.typeType()) {
            case Type.Null, Type.RunEndEncoded -> 0;
            case Type.Struct_, Type.FixedSizeList -> 1;
            case Type.Utf8, Type.Binary, Type.LargeUtf8, Type.LargeBinary, Type.ListView, Type.LargeListView -> 3;
            case Type.Union -> {
                boolean dense = ((Union) field.type(new Union())).mode() == UnionMode.Dense;
                yield (dense ? 2 : 1) + (old ? 1 : 0);
            }
            default -> 2;
        };
    }

    private static <T> List<T> with(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }
}
