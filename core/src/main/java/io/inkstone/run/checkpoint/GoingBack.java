package io.inkstone.run.checkpoint;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.FileSteps;
import io.inkstone.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Takes a run back to an earlier checkpoint: what was learned later is kept beside it, out of the way. */
public final class GoingBack {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private GoingBack() {}

    /**
     * Sets every later checkpoint aside; {@code latest} is {@code chosen} from now on.
     *
     * @param chosen sound
     * @return sentences about what was done; none where nothing lay further on
     */
    public static List<String> to(RunDirectory run, Path chosen) {
        Checkpoints checkpoints = new Checkpoints(run);
        try {
            checkpoints.markLatest(chosen);
            List<Path> later = checkpoints.folders().stream()
                    .filter(folder -> Checkpoints.steps(folder) > Checkpoints.steps(chosen))
                    .toList();
            List<String> said = new ArrayList<>();
            if (!later.isEmpty()) {
                Path aside = place(run);
                for (Path folder : later) {
                    FileSteps.move(folder, aside.resolve(folder.getFileName()));
                }
                FileSteps.flush(aside);
                said.add(Words.of(
                        "Going back to %s: %d later ones were set aside into %s.",
                        chosen.getFileName(), later.size(), aside));
            }
            if (checkpoints.best().isEmpty()) {
                bestOf(checkpoints).ifPresent(folder -> mark(checkpoints, folder));
            }
            return said;
        } catch (IOException failure) {
            throw failed(run, failure);
        }
    }

    private static InputException failed(RunDirectory run, IOException failure) {
        return new InputException(
                Words.of("%s cannot be written: %s.", run.checkpoints(), RunDirectory.reason(failure)), failure);
    }

    private static void mark(Checkpoints checkpoints, Path folder) {
        try {
            checkpoints.markBest(folder);
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be marked as the best: %s", folder, failure.getMessage()));
        }
    }

    private static Path place(RunDirectory run) throws IOException {
        String date = LocalDateTime.now().format(DATE);
        for (int number = 1; ; number++) {
            Path place = run.checkpoints().resolve("set-aside-" + date + (number == 1 ? "" : "-" + number));
            if (!Files.exists(place)) {
                return Files.createDirectory(place);
            }
        }
    }

    /** With the lowest loss, of those that can be read. */
    private static Optional<Path> bestOf(Checkpoints checkpoints) {
        return checkpoints.folders().stream()
                .filter(folder -> Double.isFinite(loss(folder)))
                .min(Comparator.comparingDouble(GoingBack::loss));
    }

    private static double loss(Path folder) {
        return Checkpoints.readable(folder)
                .map(state -> state.losses().lastEpoch().total())
                .orElse(Double.NaN);
    }
}
