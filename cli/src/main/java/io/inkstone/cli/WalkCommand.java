package io.inkstone.cli;

import io.inkstone.array.NdArray;
import io.inkstone.image.Sheet;
import io.inkstone.wish.WalkWish;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inkstone walk RUN --dimension K}. */
@Command(name = "walk", description = "Changes one number of a code and draws what becomes of the picture.")
final class WalkCommand implements Runnable {
    @Mixin
    private TrainedRun run;

    @Mixin
    private Labels labels;

    @Option(names = "--dimension", required = true, paramLabel = "K", description = "Which number, from 0.")
    private int dimension;

    @Option(names = "--from", paramLabel = "X", defaultValue = "-3", description = "Default: ${DEFAULT-VALUE}.")
    private float from;

    @Option(names = "--to", paramLabel = "X", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private float to;

    @Option(names = "--count", paramLabel = "N", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}.")
    private int count;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "0", description = "Seed of the code that is changed.")
    private long seed;

    @Option(names = "--out", paramLabel = "FILE", description = "Default: RUN/samples/walk-K.png.")
    private Path out;

    @Override
    public void run() {
        WalkWish wish =
                run.common().said(() -> new WalkWish(dimension, from, to, count, seed, labels.asked(run.common())));
        run.use(saved -> {
            Path file = run.sheet(saved, out, "walk-" + dimension);
            NdArray pictures = run.common().done(() -> wish.on(run.bench(saved)), "count");
            new EditedPictures(run, saved)
                    .write(file, pictures, Sheet.of(saved.model().pictures().pixels(pictures), count), wish);
        });
    }
}
