package io.inkstone.run.checkpoint;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.TrainConfig;
import io.inkstone.run.RunDirectory;
import io.inkstone.train.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Compares what will be written with what is free, before it is written. */
public final class DiskSpace {
    private static final double MEGABYTE = 1 << 20;

    private DiskSpace() {}

    /** Room for all checkpoints that the recipe keeps, and the best, where {@code run} is or will be, beside those that lie there. */
    public static void requireForRun(RunDirectory run, Recipe recipe, Trainer trainer) {
        TrainConfig train = recipe.train();
        int kept = train.keep() == 0 ? train.epochs() / train.saveEveryEpochs() + 1 : train.keep();
        int byTime = train.saveEveryMinutes() > 0 ? 1 : 0;
        require(
                run.root(),
                more(run, kept + 1 + byTime, SavedTensors.bytes(trainer)),
                Words.of("The checkpoints that this recipe keeps (%d, the best, and one by time) need", kept));
    }

    /** Bytes to come until {@code count} checkpoints lie there: one at least, as the next is written before any is deleted. */
    static long more(RunDirectory run, int count, long each) {
        long lying = new Checkpoints(run)
                .folders().stream().mapToLong(DiskSpace::lying).sum();
        return Math.max(each, count * each - lying);
    }

    private static long lying(Path checkpoint) {
        try (Stream<Path> files = Files.walk(checkpoint)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException | UncheckedIOException unknown) {
            return 0;
        }
    }

    /** {@code place}, or the nearest above it that exists: on whose disk it will be. */
    public static Optional<Path> standing(Path place) {
        Path folder = place.toAbsolutePath();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        return Optional.ofNullable(folder);
    }

    /**
     * @param place that exists, or will exist below a folder that does
     * @param bytes needed
     * @param what begins the sentence
     */
    public static void require(Path place, long bytes, String what) {
        Optional<Path> folder = standing(place);
        if (folder.isEmpty()) {
            return;
        }
        try {
            long free = Files.getFileStore(folder.get()).getUsableSpace();
            if (free < bytes) {
                throw new InputException(Words.of(
                                "%s %.1f MB, but only %.1f MB are free at %s. Free some space, choose another place, or keep fewer checkpoints.",
                                what, bytes / MEGABYTE, free / MEGABYTE, place))
                        .about("out", "train.keep=1");
            }
        } catch (IOException unknown) {
            // The system does not tell: writing itself will.
        }
    }
}
