package io.inkstone.spark;

import io.inkstone.InterruptedWorkException;
import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.Preparation;
import io.inkstone.data.SelectedPictures;
import io.inkstone.data.Split;
import io.inkstone.data.Transform;
import io.inkstone.data.convert.Conversion;
import io.inkstone.data.source.DataSource;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;

/**
 * One file to be written.
 *
 * @param data path or name
 * @param split of it
 * @param from first picture
 * @param to behind the last
 * @param side of the squares; 0 to leave pictures as they are
 * @param crop of the middle; 0 for none
 * @param skipping what is damaged
 * @param file to be written
 */
record Shard(String data, Split split, int from, int to, int side, int crop, boolean skipping, String file)
        implements Serializable {
    /** Decoded pictures that are kept rather than decoded twice: several tasks share a heap. */
    private static final long KEPT_BYTES = 64L << 20;

    /** In a task; returns how many pictures are in it. */
    long write() {
        TaskContext context = TaskContext.get();
        return TaskWork.of(context, () -> written(done -> requireWanted(context)));
    }

    private static void requireWanted(TaskContext context) {
        if (context.isInterrupted()) {
            throw new InterruptedWorkException();
        }
    }

    /** The data are opened for each task, so that one that is killed closes nobody else's files. */
    private long written(IntConsumer progress) throws IOException {
        try (DataSet set = DataSource.open(data)) {
            PictureSet some = prepared(new SelectedPictures(
                    set.split(split), IntStream.range(from, to).toArray()));
            Conversion.writeShard(some, Path.of(file), progress);
            return some.count();
        }
    }

    private PictureSet prepared(PictureSet some) {
        if (side == 0 && crop == 0) {
            return some;
        }
        Transform transform = Transform.fit(some.info(), given(crop), given(side), OptionalInt.empty());
        Preparation way = Preparation.of(transform).keeping(KEPT_BYTES);
        return (skipping ? way.skippingDamaged() : way).prepare(some);
    }

    private static OptionalInt given(int pixels) {
        return pixels == 0 ? OptionalInt.empty() : OptionalInt.of(pixels);
    }
}
