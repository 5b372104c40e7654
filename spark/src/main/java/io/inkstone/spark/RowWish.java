package io.inkstone.spark;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.wish.Asked;
import io.inkstone.wish.DrawWish;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What a row asks for. */
final class RowWish {
    static final String SEED = "seed";
    private static final List<Way> WAYS = List.of(
            new Way("labels", Asked.Labels::new),
            new Way("context", Asked::context),
            new Way("prompt", Asked.Prompt::new));
    private static final List<DataType> WHOLE =
            List.of(DataTypes.LongType, DataTypes.IntegerType, DataTypes.ShortType, DataTypes.ByteType);

    private RowWish() {}

    private record Way(String column, Function<String, Asked> of) {}

    /** Refuses rows that cannot be wishes. */
    static void require(StructType rows) {
        List<String> names = Arrays.asList(rows.fieldNames());
        if (!names.contains(SEED) || !WHOLE.contains(rows.fields()[rows.fieldIndex(SEED)].dataType())) {
            throw new InputException(Words.of(
                    "The rows have the columns %s; a column seed of whole numbers was expected, and labels, context or prompt beside it.",
                    described(rows)));
        }
        for (Way way : WAYS) {
            if (names.contains(way.column)
                    && !rows.fields()[rows.fieldIndex(way.column)].dataType().equals(DataTypes.StringType)) {
                throw new InputException(Words.of("The column %s holds texts, got %s.", way.column, described(rows)));
            }
        }
    }

    private static String described(StructType rows) {
        List<String> all = new ArrayList<>();
        for (StructField field : rows.fields()) {
            all.add(field.name() + " " + field.dataType().simpleString());
        }
        return String.join(", ", all);
    }

    /** The wish of a row for its one picture. */
    static DrawWish of(Row row, DrawWish usual) {
        if (row.isNullAt(row.fieldIndex(SEED))) {
            throw new InputException("A row has no seed: leave such rows out.");
        }
        List<String> columns = Arrays.asList(row.schema().fieldNames());
        List<Way> said = WAYS.stream()
                .filter(way -> columns.contains(way.column) && !row.isNullAt(row.fieldIndex(way.column)))
                .toList();
        if (said.size() > 1) {
            throw new InputException(Words.of(
                    "The row of seed %d says %s: one of them says what a picture shows, leave the others null.",
                    seed(row),
                    String.join(" and ", said.stream().map(Way::column).toList())));
        }
        Asked asked = said.isEmpty() ? Asked.NOTHING : said.get(0).of.apply(row.getAs(said.get(0).column));
        return usual.toBuilder().count(1).seed(seed(row)).asked(asked).build();
    }

    static long seed(Row row) {
        return ((Number) row.getAs(SEED)).longValue();
    }
}
