package io.inkstone.spark;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.evaluate.Features;
import io.inkstone.evaluate.Moments;
import io.inkstone.image.Pixels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Row;

/** The moments of the features of a partition's pictures; none of one without pictures. */
record LookAtRows(JudgeOfExecutor judge) implements Function2<Integer, Iterator<Row>, Iterator<MomentsPart>> {
    /**
     * Pictures that are looked at together, always so many: a network rounds otherwise in batches of another size, and where
     * partitions end is chance. What the last batch lacks is filled up with its last picture, whose answers are not counted.
     */
    static final int TOGETHER = 32;

    @Override
    public Iterator<MomentsPart> call(Integer partition, Iterator<Row> rows) {
        TaskContext context = TaskContext.get();
        FeatureNetwork network = TaskWork.of(context, judge::here);
        Moments moments = new Moments(network.features());
        List<Pixels> batch = new ArrayList<>();
        while (rows.hasNext()) {
            if (context.isInterrupted()) {
                throw new TaskKilledException("cancelled between two batches of pictures");
            }
            batch.add(alike(batch, PictureColumn.read(rows.next())));
            if (batch.size() == TOGETHER || !rows.hasNext()) {
                Callable<Features> look = () -> features(network, batch);
                moments.add(TaskWork.of(context, look));
                batch.clear();
            }
        }
        return moments.count() == 0
                ? Collections.emptyIterator()
                : List.of(MomentsPart.of(partition, moments)).iterator();
    }

    private static Pixels alike(List<Pixels> batch, Pixels picture) {
        if (!batch.isEmpty()
                && (batch.get(0).width() != picture.width() || batch.get(0).height() != picture.height())) {
            throw new InputException(Words.of(
                    "Pictures of %d×%d and of %d×%d were given: bring them to one size first (PrepareOnSpark does).",
                    batch.get(0).width(), batch.get(0).height(), picture.width(), picture.height()));
        }
        return picture;
    }

    private static Features features(FeatureNetwork network, List<Pixels> batch) {
        List<Pixels> full = new ArrayList<>(batch);
        while (full.size() < TOGETHER) {
            full.add(batch.get(batch.size() - 1));
        }
        float[] values;
        synchronized (network) { // it has all cores at once
            values = network.read(full).features();
        }
        return new Features(Arrays.copyOf(values, batch.size() * network.features()), network.features());
    }
}
