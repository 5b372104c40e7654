package io.inkstone.run;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.models.Diffuses;
import io.inkstone.tensor.ComputeDevice;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A weaker model that another one is led away from while it draws (autoguidance, Karras et al. 2024): an earlier checkpoint of the
 * same run, or another run. Its averaged weights are taken.
 *
 * @param root of the run that it is of
 * @param checkpoint name of its folder; empty for the latest
 */
public record GuideChoice(Path root, Optional<String> checkpoint) {
    private static final Pattern CHECKPOINT = Pattern.compile("step-\\d+(\\+\\d+)?");

    /**
     * @param words {@code step-000600}, a checkpoint of {@code run}, or the path of another run
     * @param run that is guided
     */
    public static GuideChoice of(String words, Path run) {
        return isCheckpoint(words)
                ? new GuideChoice(run, Optional.of(words))
                : new GuideChoice(Path.of(words), Optional.empty());
    }

    /** Whether a guide that is called so is a checkpoint of the run itself. */
    public static boolean isCheckpoint(String words) {
        return CHECKPOINT.matcher(words).matches();
    }

    /** Its weight file, as it lies there now. */
    public Path file() {
        return new ChosenWeights(RunDirectory.existing(root), checkpoint, SavedRun.Weights.EMA).file();
    }

    /** The guide itself; whoever opens it closes it, after the run that it guides. */
    public SavedRun open(ComputeDevice device) {
        return SavedRun.open(RunDirectory.existing(root), file(), device);
    }

    /**
     * {@code run} led by {@code guide}: a view that shares the weights of both.
     *
     * @throws InputException where one is no diffusion model, or they do not draw the same
     */
    public static SavedRun led(SavedRun run, SavedRun guide) {
        if (run.model() instanceof Diffuses model && guide.model() instanceof Diffuses weaker) {
            return new SavedRun(run.directory(), run.recipe(), model.guidedBy(weaker), run.held());
        }
        throw new InputException(Words.of(
                        "A guide leads diffusion models, and %s is of system '%s': leave it out.",
                        run.directory().root(), run.recipe().system()))
                .about("guide");
    }
}
