package io.inkstone.spark;

import io.inkstone.wish.DrawWish;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Draws pictures on a cluster: rows of seeds and of what is asked for become rows of pictures. Each picture is drawn alone, so it
 * is the same whatever executor draws it, after whatever others: byte for byte what {@code Studio.draw} gives for a wish of one
 * picture with that seed, on the same type of processor and in the same precision. Nothing is drawn before the rows are used.
 *
 * <pre>{@code
 * Dataset<Row> pictures = SampleOnSpark.of(Path.of("/shared/runs/sprites")).draw(seeds);
 * }</pre>
 *
 * @since 0.1
 */
public final class SampleOnSpark {
    private final Path run;
    private final DrawWish wish;

    private SampleOnSpark(Path run, DrawWish wish) {
        this.run = run;
        this.wish = wish;
    }

    /** @param run its directory, at this path on every executor */
    public static SampleOnSpark of(Path run) {
        return new SampleOnSpark(run.toAbsolutePath(), DrawWish.builder().build());
    }

    /**
     * With all that a wish can say: sampler, steps, guidance, size, precision. Its seed, its count and what it asks for give way to
     * each row's. Where the processors of a cluster differ, a precision keeps all to the same; without one each takes what pays there.
     */
    public SampleOnSpark as(DrawWish other) {
        return new SampleOnSpark(run, other.absolute());
    }

    /**
     * The rows with a column {@code image} behind the others: a struct of {@code bytes}, a PNG that says how to draw it again, and
     * {@code path}, its name.
     *
     * @param rows {@code seed}, a whole number, and at most one of {@code labels}, {@code context} and {@code prompt} that is not
     *     null in a row; other columns are kept
     */
    public Dataset<Row> draw(Dataset<Row> rows) {
        RowWish.require(rows.schema());
        StructType drawn = PictureColumn.added(rows.schema());
        return rows.mapPartitions(new DrawRows(run.toString(), wish.text()), Encoders.row(drawn));
    }
}
