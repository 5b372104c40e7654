package io.inkstone.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.evaluate.Features;
import io.inkstone.evaluate.FrechetDistance;
import io.inkstone.evaluate.Moments;
import io.inkstone.image.PictureBytes;
import io.inkstone.image.Pixels;
import io.inkstone.measure.Judges;
import io.inkstone.tensor.ComputeDevice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** The distance of pictures that lie in partitions is that of the same pictures on one machine. */
class EvaluateOnSparkTest {
    private static final String JUDGE = "sprites-classifier-1";

    private final SparkSession spark = LocalSpark.session();

    @Test
    void theDistanceIsThatOfOneMachine() {
        try (FeatureNetwork judge = Judges.classifier(JUDGE, ComputeDevice.CPU)) {
            int count = judge.features() + 45; // no multiple of a batch
            List<Pixels> real = pictures(1, count);
            List<Pixels> drawn = pictures(2, count + 20);
            double here = FrechetDistance.between(moments(judge, real), moments(judge, drawn));
            EvaluateOnSpark evaluate = EvaluateOnSpark.classifier(JUDGE);
            double apart = evaluate.fid(rows(real).repartition(6), rows(drawn).repartition(9));
            double together = evaluate.fid(rows(real).coalesce(1), rows(drawn).coalesce(1));
            assertThat(here).isGreaterThan(1e-3);
            assertThat(apart / here).isEqualTo(1, within(1e-9));
            assertThat(apart / together).isEqualTo(1, within(1e-9));
            assertThat(evaluate.fid(rows(real).repartition(6), rows(drawn).repartition(9)))
                    .as("the same bits again")
                    .isEqualTo(apart);
        }
    }

    @Test
    void tooFewPicturesAndRowsWithoutAreSaid() {
        EvaluateOnSpark evaluate = EvaluateOnSpark.classifier(JUDGE);
        Dataset<Row> few = rows(pictures(3, 5));
        assertThatThrownBy(() -> evaluate.fid(few, few))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("5 real pictures do not determine a covariance");
        assertThatThrownBy(() -> evaluate.moments(spark.range(3).toDF()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("The rows have the columns id; a column image");
        List<Pixels> sizes = List.of(Pixels.filled(16, 16, 0x102030), Pixels.filled(12, 16, 0x102030));
        assertThatThrownBy(() -> evaluate.moments(rows(sizes).coalesce(1)))
                .satisfies(failure ->
                        assertThat(Sentences.of(failure)).startsWith("Pictures of 16×16 and of 12×16 were given"));
    }

    /** All in batches of one size, which core's own evaluation does but for the first and last. */
    private static Moments moments(FeatureNetwork judge, List<Pixels> pictures) {
        Moments moments = new Moments(judge.features());
        float[] all = new float[pictures.size() * judge.features()];
        for (int from = 0; from < pictures.size(); from += LookAtRows.TOGETHER) {
            List<Pixels> batch =
                    new ArrayList<>(pictures.subList(from, Math.min(pictures.size(), from + LookAtRows.TOGETHER)));
            int count = batch.size();
            while (batch.size() < LookAtRows.TOGETHER) {
                batch.add(batch.get(0));
            }
            float[] some = judge.read(batch).features();
            System.arraycopy(some, 0, all, from * judge.features(), count * judge.features());
        }
        moments.add(new Features(all, judge.features()));
        return moments;
    }

    private static List<Pixels> pictures(int seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Pixels> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] data = new byte[16 * 16 * 3];
            int bright = random.nextInt(100 + 50 * seed);
            for (int j = 0; j < data.length; j++) {
                data[j] = (byte) (bright + random.nextInt(56));
            }
            pictures.add(new Pixels(16, 16, 3, data));
        }
        return pictures;
    }

    private Dataset<Row> rows(List<Pixels> pictures) {
        StructType type = new StructType()
                .add(
                        "image",
                        new StructType().add("bytes", DataTypes.BinaryType).add("path", DataTypes.StringType));
        Row[] rows = pictures.stream()
                .map(picture -> RowFactory.create(RowFactory.create(PictureBytes.png(picture, Map.of()), "a.png")))
                .toArray(Row[]::new);
        return spark.createDataFrame(Arrays.asList(rows), type);
    }
}
