package io.inkstone.studio;

import io.inkstone.models.TwoStage;
import io.inkstone.models.stable.StableLoras;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.ComputeDevice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A loaded run with the number of its users, which {@link OpenRuns} counts. */
final class OpenRun {
    private static final int MEGA = 20;

    /** What makes two wishes for a run one: a run trained anew at the same place has another hash. */
    record Key(Path file, String hash, ComputeDevice device, List<StableLoras.Choice> loras, Optional<String> guide) {}

    private final Key key;
    private final SavedRun run;
    private final Optional<SavedRun> guide;
    private final long weightBytes;
    private final List<String> notes;
    private String recipe = "";

    /** Guarded by {@link OpenRuns}. */
    int users;

    /** Guarded by {@link OpenRuns}: rises with every giving back. */
    long lastUse;

    /** @param guide what {@code run} is led by, closed with it */
    OpenRun(Key key, SavedRun run, Optional<SavedRun> guide, long weightBytes, List<String> notes) {
        this.key = key;
        this.run = run;
        this.guide = guide;
        this.weightBytes = weightBytes;
        this.notes = notes;
    }

    Key key() {
        return key;
    }

    SavedRun run() {
        return run;
    }

    /** What was left out when it was opened, a sentence each. */
    List<String> notes() {
        return notes;
    }

    /** Its recipe as text, printed once: every picture holds it. */
    synchronized String recipe() {
        if (recipe.isEmpty()) {
            recipe = Recipes.print(run.recipe());
        }
        return recipe;
    }

    /** Weights, and the copies prepared of them so far, those of the first stage too. */
    long megabytes() {
        long kept = run.model().network().keptBytes();
        if (run.model() instanceof TwoStage two) {
            kept += two.stage().network().keptBytes();
        }
        kept += guide.map(weaker -> weaker.model().network().keptBytes()).orElse(0L);
        return weightBytes + kept >> MEGA;
    }

    void close() {
        run.close();
        guide.ifPresent(SavedRun::close);
    }
}
