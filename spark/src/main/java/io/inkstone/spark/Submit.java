package io.inkstone.spark;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.recipe.Recipes;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * What {@code spark-submit} starts: {@code --class io.inkstone.spark.Submit inkstone-spark.jar train …}.
 *
 * @since 0.1
 */
public final class Submit {
    private static final int WRONG_USAGE = 2;
    private static final int PIECES_A_SLOT = 4;
    private static final String USAGE = String.join(
            System.lineSeparator(),
            "Usage, after spark-submit's own options:",
            "  train RECIPE RUN RANKS [KEY=VALUE …]   a recipe's name or file; an existing RUN is gone on with",
            "  sample RUN ROWS OUT                    ROWS: .csv or Parquet of seed, and labels, context or prompt; OUT: Parquet",
            "  evaluate JUDGE REAL DRAWN              JUDGE: an embedded classifier, a run, or Inception's .pth; Parquet with image",
            "  prepare DATA FOLDER SHARDS [SIDE]      whatever train reads, to Parquet");

    private final SparkSession spark;
    private final PrintStream out;

    private Submit(SparkSession spark, PrintStream out) {
        this.spark = spark;
        this.out = out;
    }

    public static void main(String[] words) {
        int code = run(words, System.out, System.err);
        if (code != 0) {
            System.exit(code);
        }
    }

    /** The exit code: 0, 1 for what the data or the cluster say, 2 for words that name nothing. */
    static int run(String[] words, PrintStream out, PrintStream err) {
        List<String> all = Arrays.asList(words);
        if (!isKnown(all)) {
            err.println(USAGE);
            return WRONG_USAGE;
        }
        SparkSession spark =
                SparkSession.builder().appName("inkstone " + all.get(0)).getOrCreate();
        try {
            new Submit(spark, out).run(all.get(0), all.subList(1, all.size()));
            return 0;
        } catch (Exception failed) { // Spark's are checked, and Scala does not declare them
            err.println("inkstone: " + Sentences.of(failed));
            return 1;
        } finally {
            spark.stop();
        }
    }

    private static boolean isKnown(List<String> words) {
        if (words.isEmpty()) {
            return false;
        }
        return switch (words.get(0)) {
            case "train" -> words.size() >= 4;
            case "sample", "evaluate" -> words.size() == 4;
            case "prepare" -> words.size() == 4 || words.size() == 5;
            default -> false;
        };
    }

    private void run(String verb, List<String> words) {
        switch (verb) {
            case "train" -> train(words);
            case "sample" -> sample(words);
            case "evaluate" -> evaluate(words);
            default -> prepare(words);
        }
    }

    private void train(List<String> words) {
        TrainOnSpark.Trained trained = TrainOnSpark.of(Recipes.load(words.get(0), words.subList(3, words.size())))
                .ranks(number(words.get(2), "RANKS"))
                .run(spark, Path.of(words.get(1)));
        trained.notes().forEach(out::println);
        out.println(Words.of("%s, %d attempts of the stage", trained.run(), trained.attempts()));
    }

    private void sample(List<String> words) {
        String file = words.get(1);
        Dataset<Row> rows = file.endsWith(".csv")
                ? spark.read()
                        .option("header", true)
                        .csv(file)
                        .withColumn(RowWish.SEED, functions.col(RowWish.SEED).cast("long"))
                : spark.read().parquet(file);
        SampleOnSpark.of(Path.of(words.get(0))).draw(spread(rows)).write().parquet(words.get(2));
        out.println(words.get(2));
    }

    /** A small file is one partition, and drawing takes long: over all slots, in pieces that even out. */
    private Dataset<Row> spread(Dataset<Row> rows) {
        return rows.repartition(PIECES_A_SLOT * spark.sparkContext().defaultParallelism());
    }

    private void evaluate(List<String> words) {
        String judge = words.get(0);
        EvaluateOnSpark evaluate =
                judge.endsWith(".pth") ? EvaluateOnSpark.inception(Path.of(judge)) : EvaluateOnSpark.classifier(judge);
        double fid =
                evaluate.fid(spark.read().parquet(words.get(1)), spark.read().parquet(words.get(2)));
        out.println(Words.of("fid %s", fid));
    }

    private void prepare(List<String> words) {
        PrepareOnSpark prepare = PrepareOnSpark.of(words.get(0));
        PrepareOnSpark sized = words.size() == 4 ? prepare.size(number(words.get(3), "SIDE")) : prepare;
        long count = sized.write(spark, Path.of(words.get(1)), number(words.get(2), "SHARDS"));
        out.println(Words.of("%s, %,d pictures", words.get(1), count));
    }

    private static int number(String word, String what) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException none) {
            throw new InputException(Words.of("%s is a whole number, got '%s'.", what, word), none);
        }
    }
}
