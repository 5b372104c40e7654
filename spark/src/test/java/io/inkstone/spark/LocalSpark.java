package io.inkstone.spark;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** A session of Spark inside of the tests' JVM, the same for all of them; where none can start, tests are skipped and say why. */
final class LocalSpark {
    private LocalSpark() {}

    /** Two tasks at a time. */
    static SparkSession session() {
        return started(() -> SparkSession.builder()
                .master("local[2]")
                .appName("inkstone")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.sql.warehouse.dir", "target/warehouse")
                .config("spark.plugins", InkstonePlugin.class.getName())
                .getOrCreate());
    }

    private static SparkSession started(Supplier<SparkSession> session) {
        try {
            return session.get();
        } catch (RuntimeException | LinkageError cannot) {
            assumeThat(false).as("Spark cannot start here: %s", cannot).isTrue();
            throw cannot;
        }
    }
}
