package io.inkstone.cli;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.run.SavedRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        run.common().atLeast(2, "--count", count);
        if (!Float.isFinite(from) || !Float.isFinite(to)) {
            throw run.common().wrongUsage(Words.of("--from and --to must be numbers, got %s and %s.", from, to));
        }
        try (SavedRun saved = run.open()) {
            LatentSheet sheet = new LatentSheet(run, saved, labels, "walk");
            sheet.requireFit(count);
            Path file = run.sheet(saved, out, "walk-" + dimension);
            sheet.write(
                    file,
                    sheet.generated(codes(sheet.starts(List.of(seed)))),
                    count,
                    Map.of("dimension", dimension, "from", from, "to", to, "seed", seed));
        }
    }

    private NdArray codes(NdArray start) {
        float[] one = start.toFloats();
        if (dimension < 0 || dimension >= one.length) {
            throw new InputException(
                    Words.of("--dimension lies in 0 to %d for this model, got %d.", one.length - 1, dimension));
        }
        float[] values = new float[count * one.length];
        for (int k = 0; k < count; k++) {
            System.arraycopy(one, 0, values, k * one.length, one.length);
            values[k * one.length + dimension] = from + (to - from) * k / (count - 1);
        }
        long[] shape = start.shape();
        shape[0] = count;
        return NdArray.of(values, shape);
    }
}
