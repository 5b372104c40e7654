package io.inkstone.cli;

import io.inkstone.array.NdArray;
import io.inkstone.models.Coding;
import io.inkstone.models.Interpolation;
import io.inkstone.run.SavedRun;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inkstone interpolate RUN --images A B | --seeds A B}. */
@Command(name = "interpolate", description = "Goes from one picture to another through their codes.")
final class InterpolateCommand implements Runnable {
    @Mixin
    private TrainedRun run;

    @Mixin
    private Labels labels;

    @ArgGroup(multiplicity = "1")
    private Ends ends;

    /** Two pictures or two seeds. */
    static final class Ends {
        @Option(names = "--images", arity = "2", paramLabel = "PICTURE", description = "Two pictures.")
        private List<String> images;

        @Option(names = "--seeds", arity = "2", paramLabel = "SEED", description = "Two picture seeds.")
        private List<Long> seeds;
    }

    @Option(names = "--spherical", description = "Along the great circle instead of the straight line.")
    private boolean spherical;

    @Option(names = "--count", paramLabel = "N", defaultValue = "10", description = "Pictures, the ends included.")
    private int count;

    @Option(names = "--out", paramLabel = "FILE", description = "Default: RUN/samples/interpolation.png.")
    private Path out;

    @Override
    public void run() {
        run.common().atLeast(2, "--count", count);
        Interpolation way = spherical ? Interpolation.SPHERICAL : Interpolation.LINEAR;
        try (SavedRun saved = run.open()) {
            Path file = TrainedRun.sheet(saved, out, "interpolation");
            LatentSheet sheet = new LatentSheet(run, saved, labels);
            if (ends.images != null) {
                Coding coding = run.coding(saved);
                NdArray codes = coding.means(Images.read(saved, ends.images), labels.rows(saved.model(), 2));
                sheet.write(file, coding.decode(way.between(codes, count), labels.rows(saved.model(), count)), count);
            } else {
                sheet.write(file, sheet.generated(way.between(sheet.starts(ends.seeds), count)), count);
            }
        }
    }
}
