package io.inkstone.spark;

import io.inkstone.Words;
import io.inkstone.studio.Drawn;
import io.inkstone.studio.Job;
import io.inkstone.studio.Lease;
import io.inkstone.studio.RunChoice;
import io.inkstone.studio.Turn;
import io.inkstone.wish.DrawWish;
import io.inkstone.wish.Wish;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Draws the rows of a partition, one after another: what shares a batch agrees only to rounding with what is drawn alone, and
 * who shares a partition is chance.
 *
 * @param run directory
 * @param wish as JSON, for what the rows do not say
 */
record DrawRows(String run, String wish) implements MapPartitionsFunction<Row, Row> {
    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        TaskContext context = TaskContext.get();
        Lease lease = TaskWork.of(context, () -> ExecutorStudio.lease(RunChoice.of(Path.of(run))));
        context.addTaskCompletionListener((TaskCompletionListener) done -> lease.close());
        DrawWish usual = (DrawWish) Wish.of(wish);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Row next() {
                Row row = rows.next();
                Job<Drawn> job = lease.draw(RowWish.of(row, usual), Turn.USUAL.withBatch(1));
                byte[] png = TaskWork.of(context, () -> job.join().png(0), job::cancel);
                return PictureColumn.with(row, png, Words.of("%d.png", RowWish.seed(row)));
            }
        };
    }
}
