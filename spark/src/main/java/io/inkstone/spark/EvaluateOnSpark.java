package io.inkstone.spark;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.evaluate.FrechetDistance;
import io.inkstone.evaluate.Moments;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Measures pictures on a cluster: executors look at them with a feature network and keep count, mean and scatter matrix; these are
 * merged pairwise (Chan, Golub and LeVeque 1979) in the order of the partitions, so the same rows give the same figure again.
 *
 * @since 0.1
 */
public final class EvaluateOnSpark {
    /** Parts that are merged in one task: of 2,048 features each has 34 MB. */
    private static final int MERGED_TOGETHER = 4;

    private final JudgeOfExecutor judge;

    private EvaluateOnSpark(JudgeOfExecutor judge) {
        this.judge = judge;
    }

    /** With an embedded classifier by name, or the one of a run that every executor reaches. */
    public static EvaluateOnSpark classifier(String nameOrRun) {
        return new EvaluateOnSpark(new JudgeOfExecutor(false, nameOrRun));
    }

    /** With the Inception network of published figures; {@code weights} is a file that every executor reaches. */
    public static EvaluateOnSpark inception(Path weights) {
        return new EvaluateOnSpark(
                new JudgeOfExecutor(true, weights.toAbsolutePath().toString()));
    }

    /**
     * The Fréchet distance of the features ("FID"). Both sides have a column {@code image}, a struct with the {@code bytes} of a
     * picture file; those of a side have one size.
     *
     * @throws InputException for fewer pictures than a covariance of the features needs
     */
    public double fid(Dataset<Row> real, Dataset<Row> drawn) {
        return FrechetDistance.between(enough(moments(real), "real"), enough(moments(drawn), "drawn"));
    }

    /** Of real pictures that are compared with again and again. */
    public Moments moments(Dataset<Row> pictures) {
        PictureColumn.require(pictures.schema());
        JavaRDD<MomentsPart> parts =
                pictures.select(PictureColumn.NAME).javaRDD().mapPartitionsWithIndex(new LookAtRows(judge), true);
        for (int left = parts.getNumPartitions(); left > MERGED_TOGETHER; ) {
            left = (left + MERGED_TOGETHER - 1) / MERGED_TOGETHER;
            parts = parts.mapToPair(part -> new Tuple2<>(part.place() / MERGED_TOGETHER, part))
                    .groupByKey(left)
                    .map(some -> MomentsPart.of(some._1(), MomentsPart.merged(some._2())));
        }
        List<MomentsPart> last = parts.collect();
        if (last.isEmpty()) {
            throw new InputException("There are no pictures in these rows.");
        }
        return MomentsPart.merged(last);
    }

    private static Moments enough(Moments moments, String which) {
        if (moments.count() <= moments.size()) {
            throw new InputException(Words.of(
                    "%,d %s pictures do not determine a covariance of %,d features: give more of them, or a network with fewer features.",
                    moments.count(), which, moments.size()));
        }
        return moments;
    }
}
