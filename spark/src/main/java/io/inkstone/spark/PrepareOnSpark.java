package io.inkstone.spark;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.Split;
import io.inkstone.data.Transform;
import io.inkstone.data.convert.Conversion;
import io.inkstone.data.convert.Form;
import io.inkstone.data.source.DataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Brings pictures to one size on a cluster: whatever {@code DataSource} reads (folders, Parquet, tars, …) becomes Parquet files in
 * the layout of data set hubs, which {@code DataSource} reads as one set. Which pictures make which file is a function of the data
 * and the number of files alone; a task that is begun again writes the same file.
 *
 * @since 0.1
 */
public final class PrepareOnSpark {
    private final String data;
    private final OptionalInt side;
    private final OptionalInt crop;
    private final boolean skipping;

    private PrepareOnSpark(String data, OptionalInt side, OptionalInt crop, boolean skipping) {
        this.data = data;
        this.side = side;
        this.crop = crop;
        this.skipping = skipping;
    }

    /** Of a path that every executor reaches, or an embedded set. */
    public static PrepareOnSpark of(String data) {
        return new PrepareOnSpark(
                Files.exists(Path.of(data)) ? Path.of(data).toAbsolutePath().toString() : data,
                OptionalInt.empty(),
                OptionalInt.empty(),
                false);
    }

    /** Brings them to squares; without it they stay as large as they are. */
    public PrepareOnSpark size(int pixels) {
        return new PrepareOnSpark(data, OptionalInt.of(pixels), crop, skipping);
    }

    /** Cuts the middle out first. */
    public PrepareOnSpark crop(int pixels) {
        return new PrepareOnSpark(data, side, OptionalInt.of(pixels), skipping);
    }

    /** Leaves out what cannot be read, or is smaller than the crop, instead of stopping at it; for pictures that are brought to a size. */
    public PrepareOnSpark skippingDamaged() {
        return new PrepareOnSpark(data, side, crop, true);
    }

    /**
     * Writes all parts of the data.
     *
     * @param folder new or empty, reached by every executor under this path
     * @param shards files of the training part; other parts get files of about as many pictures
     * @return pictures that were written
     */
    public long write(SparkSession spark, Path folder, int shards) {
        if (shards < 1) {
            throw new InputException(Words.of("1 shard or more is written, got %d.", shards));
        }
        Path target = folder.toAbsolutePath();
        List<Shard> all = shards(target, shards);
        try {
            return JavaSparkContext.fromSparkContext(spark.sparkContext())
                    .parallelize(all, all.size())
                    .map(Shard::write)
                    .collect()
                    .stream()
                    .mapToLong(Long::longValue)
                    .sum();
        } catch (RuntimeException | Error broken) {
            throw broken;
        } catch (Exception failed) { // Spark's are checked, and Scala does not declare them
            throw new InputException(Words.of("The data could not be prepared: %s", Sentences.of(failed)), failed);
        }
    }

    private List<Shard> shards(Path folder, int number) {
        try (DataSet set = DataSource.open(data)) {
            Conversion.requireWritable(set.info(), Form.PARQUET);
            boolean transformed = side.isPresent() || crop.isPresent();
            if (skipping && !transformed) {
                throw new InputException(
                        "Damaged pictures are left out where pictures are brought to a size: say one, or mend them.");
            }
            if (transformed) {
                Transform.fit(set.info(), crop, side, OptionalInt.empty()); // says now what is wrong
            }
            Conversion.requireEmpty(folder);
            Files.createDirectories(folder);
            Map<Split, PictureSet> parts = new EnumMap<>(Split.class);
            parts.put(Split.TRAIN, set.train());
            set.validation().ifPresent(part -> parts.put(Split.VALIDATION, part));
            set.test().ifPresent(part -> parts.put(Split.TEST, part));
            double each = (double) set.train().count() / number;
            List<Shard> all = new ArrayList<>();
            parts.forEach((split, part) -> {
                int files = (int) Math.ceil(part.count() / each);
                all.addAll(of(split, part.count(), Math.max(1, Math.min(files, part.count())), folder));
            });
            return all;
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be written: %s", folder, failure.getMessage()), failure);
        }
    }

    private List<Shard> of(Split split, int count, int shards, Path folder) {
        List<Shard> some = new ArrayList<>();
        for (int i = 0; i < shards; i++) {
            String name = Words.of("%s-%05d-of-%05d.parquet", split.word(), i, shards);
            int from = (int) ((long) i * count / shards);
            int to = (int) ((long) (i + 1) * count / shards);
            some.add(new Shard(
                    data,
                    split,
                    from,
                    to,
                    side.orElse(0),
                    crop.orElse(0),
                    skipping,
                    folder.resolve(name).toString()));
        }
        return some;
    }
}
