package io.inkstone.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.data.DataSet;
import io.inkstone.data.source.DataSource;
import io.inkstone.run.TinyRun;
import io.inkstone.studio.Studio;
import io.inkstone.wish.DrawWish;
import io.inkstone.wish.SamplingWish;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of seeds, whoever draws them. */
class SampleOnSparkTest {
    private static final StructType ASKED = new StructType()
            .add("seed", DataTypes.LongType)
            .add("context", DataTypes.StringType)
            .add("group", DataTypes.StringType);

    @TempDir
    static Path folder;

    private static SparkSession spark;
    private static Path run;

    @BeforeAll
    static void train() throws IOException {
        spark = LocalSpark.session();
        run = TinyRun.train(TinyRun.recipe(TinyRun.data(folder), "train.epochs=1"), folder.resolve("run"));
    }

    @Test
    void aPictureIsTheSameWhoeverDrawsIt() {
        DrawWish way = DrawWish.builder()
                .sampling(SamplingWish.builder().steps(3).guidance(2).build())
                .build();
        SampleOnSpark sample = SampleOnSpark.of(run).as(way);
        List<Row> apart = sample.draw(rows(7).repartition(4)).orderBy("seed").collectAsList();
        List<Row> together = sample.draw(rows(7).coalesce(1)).orderBy("seed").collectAsList();
        List<byte[]> here = new ArrayList<>();
        try (Studio studio = Studio.open(run)) {
            for (int i = 0; i < 7; i++) {
                here.add(studio.draw(way.toBuilder()
                                .seed(i)
                                .count(1)
                                .context(context(i))
                                .build())
                        .png(0));
            }
        }
        assertThat(apart).hasSize(7);
        for (int i = 0; i < 7; i++) {
            assertThat(bytes(apart.get(i)))
                    .as("seed %d", i)
                    .isEqualTo(here.get(i))
                    .isEqualTo(bytes(together.get(i)));
            assertThat(apart.get(i).<String>getAs("group")).isEqualTo("g" + i);
        }
        assertThat(bytes(apart.get(0))).isNotEqualTo(bytes(apart.get(2)));
    }

    @Test
    void picturesInParquetAreASetOfPictures() {
        Path parquet = folder.resolve("drawn");
        SampleOnSpark.of(run).draw(rows(5)).write().parquet(parquet.toString());
        try (DataSet set = DataSource.open(parquet)) {
            assertThat(set.train().count()).isEqualTo(5);
            assertThat(set.train().pixels(0).width()).isEqualTo(8);
            assertThat(set.train().entry(0).name()).contains(".png");
        }
    }

    @Test
    void aCancelledStageLeavesTheExecutorFit() throws Exception {
        DrawWish slow = DrawWish.builder()
                .sampling(SamplingWish.builder().sampler("ddpm").steps(20).build())
                .build();
        Dataset<Row> many = SampleOnSpark.of(run).as(slow).draw(rows(20_000).repartition(2));
        CompletableFuture<Void> cancelled = CompletableFuture.runAsync(() -> {
            spark.sparkContext().setJobGroup("many", "pictures that nobody wants", true);
            many.foreach(row -> {});
        });
        while (spark.sparkContext().statusTracker().getJobIdsForGroup("many").length == 0) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        TimeUnit.MILLISECONDS.sleep(1500); // into the drawing
        assertThat(cancelled).isNotDone();
        spark.sparkContext().cancelJobGroup("many");
        assertThatThrownBy(cancelled::join).isInstanceOf(CompletionException.class);
        assertThat(SampleOnSpark.of(run).draw(rows(2)).collectAsList()).hasSize(2);
    }

    @Test
    void wrongRowsAreSaid() {
        Dataset<Row> named = spark.createDataFrame(
                List.of(RowFactory.create("7")), new StructType().add("seed", DataTypes.StringType));
        assertThatThrownBy(() -> SampleOnSpark.of(run).draw(named))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("columns seed string; a column seed of whole numbers was expected");
        StructType both = new StructType()
                .add("seed", DataTypes.LongType)
                .add("context", DataTypes.StringType)
                .add("labels", DataTypes.StringType);
        Dataset<Row> twice = spark.createDataFrame(List.of(RowFactory.create(3L, "none", "0")), both);
        assertThatThrownBy(() -> SampleOnSpark.of(run).draw(twice).collectAsList())
                .satisfies(
                        failure -> assertThat(Sentences.of(failure))
                                .isEqualTo(
                                        "The row of seed 3 says labels and context: one of them says what a picture shows, leave the others null."));
    }

    private static String context(int seed) {
        return seed % 2 == 0 ? "0=0.7,1=0.3" : "1=1";
    }

    private static Dataset<Row> rows(int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(RowFactory.create((long) i, context(i), "g" + i));
        }
        return spark.createDataFrame(rows, ASKED);
    }

    private static byte[] bytes(Row row) {
        return row.<Row>getAs("image").getAs("bytes");
    }
}
