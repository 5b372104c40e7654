package io.inkstone.data.source;

import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/** The column reader wants a converter for every field; values are taken from the columns themselves, so these do nothing. */
final class ParquetConverter extends GroupConverter {
    private final GroupType group;

    ParquetConverter(GroupType group) {
        this.group = group;
    }

    @Override
    public Converter getConverter(int field) {
        Type type = group.getType(field);
        return type.isPrimitive() ? new PrimitiveConverter() {} : new ParquetConverter(type.asGroupType());
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
}
