package io.inkstone.spark;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import java.util.Arrays;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The column {@code image}, as data set hubs have it: a struct of the bytes of a picture file and its name. */
final class PictureColumn {
    static final String NAME = "image";
    private static final StructType TYPE =
            new StructType().add("bytes", DataTypes.BinaryType).add("path", DataTypes.StringType);

    private PictureColumn() {}

    /** {@code rows} with the column behind its others. */
    static StructType added(StructType rows) {
        if (Arrays.asList(rows.fieldNames()).contains(NAME)) {
            throw new InputException("The rows have a column image already: drop it, or give it another name.");
        }
        return rows.add(NAME, TYPE);
    }

    /** A row with a picture behind its other values. */
    static Row with(Row row, byte[] bytes, String path) {
        Object[] values = new Object[row.size() + 1];
        for (int i = 0; i < row.size(); i++) {
            values[i] = row.get(i);
        }
        values[row.size()] = RowFactory.create(bytes, path);
        return RowFactory.create(values);
    }

    /** Refuses rows without such a column. */
    static void require(StructType rows) {
        boolean there = Arrays.stream(rows.fields())
                .anyMatch(field -> field.name().equals(NAME)
                        && field.dataType() instanceof StructType struct
                        && Arrays.stream(struct.fields()).anyMatch(PictureColumn::isBytes));
        if (!there) {
            throw new InputException(Words.of(
                    "The rows have the columns %s; a column image, a struct with the bytes of a picture file, was expected.",
                    String.join(", ", rows.fieldNames())));
        }
    }

    private static boolean isBytes(StructField field) {
        return field.name().equals("bytes") && field.dataType().equals(DataTypes.BinaryType);
    }

    /** The picture of a row, decoded; three channels. */
    static Pixels read(Row row) {
        Row image = row.getAs(NAME);
        byte[] bytes = image == null ? null : image.getAs("bytes");
        if (bytes == null) {
            throw new InputException("A row has no picture in its column image: leave such rows out.");
        }
        boolean named = Arrays.asList(image.schema().fieldNames()).contains("path") && image.getAs("path") != null;
        return PictureFile.read(bytes, named ? image.getAs("path") : "A picture of the column image");
    }
}
