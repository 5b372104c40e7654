package io.inkstone.spark;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.train.ranks.RankPlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.SparkSession;
import scala.reflect.ClassTag;

/**
 * Trains a recipe on a cluster: a barrier stage, whose tasks are the ranks of one training. They sum their gradients by libtorch's
 * Gloo, not through Spark. A task that fails ends the stage, and Spark begins it again: the ranks go on from the last checkpoint.
 * Data and run directory lie in folders that every executor reaches under the same path.
 *
 * <pre>{@code
 * Path run = TrainOnSpark.of(Recipes.load("sprites", List.of())).ranks(4).run(spark, Path.of("/shared/runs/sprites")).run();
 * }</pre>
 *
 * @since 0.1
 */
public final class TrainOnSpark {
    private final Recipe recipe;
    private final int ranks;
    private final RankListeners listeners;

    private TrainOnSpark(Recipe recipe, int ranks, RankListeners listeners) {
        this.recipe = recipe;
        this.ranks = ranks;
        this.listeners = listeners;
    }

    /**
     * What came of it.
     *
     * @param run its directory
     * @param attempts how often the stage was begun: 1 where nothing failed
     * @param notes what was noticed about the data, a sentence each
     */
    public record Trained(Path run, int attempts, List<String> notes) {
        public Trained {
            notes = List.copyOf(notes);
        }
    }

    /** Of a recipe as {@code Recipes.load} gives it, by one rank. */
    public static TrainOnSpark of(Recipe recipe) {
        return new TrainOnSpark(recipe, 1, (place, attempt) -> List.of());
    }

    /** By so many ranks, which must divide {@code train.batch}; each is a task, and all of them run at once. */
    public TrainOnSpark ranks(int number) {
        new RankPlace(0, 0, number, "127.0.0.1", 1)
                .requireDivides(recipe.train().batch());
        return new TrainOnSpark(recipe, number, listeners);
    }

    /** Tells listeners of every step; each rank makes its own. */
    public TrainOnSpark with(RankListeners others) {
        return new TrainOnSpark(recipe, ranks, others);
    }

    /**
     * Trains to the end of the recipe, on from the latest checkpoint where there is one.
     *
     * @param out the run directory; one that is there is gone on with
     * @throws InputException for what no further attempt would mend, and where Spark gave up
     */
    public Trained run(SparkSession spark, Path out) {
        SparkContext context = spark.sparkContext();
        requireSlots(context);
        RankTask task = new RankTask(
                Recipes.print(reachable(recipe)), out.toAbsolutePath().toString(), listeners);
        RDD<Integer> numbers = new JavaSparkContext(context)
                .parallelize(IntStream.range(0, ranks).boxed().toList(), ranks)
                .rdd();
        List<RankOutcome> outcomes;
        try {
            ClassTag<RankOutcome> type = ClassTag.apply(RankOutcome.class);
            RDD<RankOutcome> ranked = numbers.barrier().mapPartitions(task, false, type);
            // Spark begins a barrier stage again only where a shuffle follows it; one that ends in a collect is given
            // up.
            outcomes = ranked.toJavaRDD().repartition(1).collect();
        } catch (RuntimeException | Error broken) {
            throw broken;
        } catch (Exception failed) { // Spark's are checked, and Scala does not declare them
            throw new InputException(
                    Words.of(
                            "Training on the cluster ended: %s What was saved is intact: the same call goes on from it.",
                            Sentences.of(failed)),
                    failed);
        }
        for (RankOutcome outcome : outcomes) {
            outcome.refusal().ifPresent(sentence -> {
                throw new InputException(sentence);
            });
        }
        RankOutcome first =
                outcomes.stream().filter(RankOutcome::leads).findFirst().orElseThrow();
        return new Trained(out, first.attempt() + 1, first.notes());
    }

    /** Executors have other working directories: a relative path is said in full. */
    private static Recipe reachable(Recipe recipe) {
        Path source = Path.of(recipe.data().source());
        return !source.isAbsolute() && Files.exists(source)
                ? recipe.withSource(source.toAbsolutePath().toString())
                : recipe;
    }

    /** On a cluster executors may still come, and Spark waits for them; a local session gets no more. */
    private void requireSlots(SparkContext context) {
        if (context.isLocal() && ranks > context.defaultParallelism()) {
            throw new InputException(Words.of(
                    "%d ranks train at once, and this local session runs %d tasks at a time: start it with local[%d], or train by fewer.",
                    ranks, context.defaultParallelism(), ranks));
        }
    }
}
