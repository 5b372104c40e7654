package io.inkstone.data.source;

import java.util.List;
import java.util.Locale;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** What the types of Parquet mean for a table of pictures. */
final class ParquetTypes {
    private ParquetTypes() {}

    static TableColumn column(ColumnDescriptor column) {
        LogicalTypeAnnotation logical = column.getPrimitiveType().getLogicalTypeAnnotation();
        PrimitiveTypeName stored = column.getPrimitiveType().getPrimitiveTypeName();
        String words = logical != null
                ? logical.toString()
                : stored == PrimitiveTypeName.INT96
                        ? stored.toString()
                        : stored.toString().toLowerCase(Locale.ROOT);
        return new TableColumn(
                List.of(column.getPath()), kind(logical, stored), column.getMaxRepetitionLevel() > 0, words);
    }

    private static TableColumn.Kind kind(LogicalTypeAnnotation logical, PrimitiveTypeName stored) {
        boolean time = logical instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation
                || logical instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation
                || logical instanceof LogicalTypeAnnotation.TimeLogicalTypeAnnotation
                || stored == PrimitiveTypeName.INT96;
        if (time) {
            return TableColumn.Kind.TIME;
        }
        if (stored == PrimitiveTypeName.BINARY) {
            return logical instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
                    ? TableColumn.Kind.TEXT
                    : TableColumn.Kind.BYTES;
        }
        return stored == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY ? TableColumn.Kind.OTHER : TableColumn.Kind.NUMBER;
    }
}
