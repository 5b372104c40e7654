package io.inkstone.run;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.models.Families;
import io.inkstone.models.diffusion.DiffusionSettings;
import io.inkstone.models.latent.LatentSettings;
import io.inkstone.recipe.Recipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The run that a recipe tunes whose objective needs a trained network: its network, its noise, the form of its pictures and
 * its first stage are taken, because its weights mean nothing to others.
 */
public final class TunedRun {
    private TunedRun() {}

    /**
     * A recipe that tunes, with what the run that it starts from says of itself; others unchanged.
     *
     * @param from a run whose weights are the first values
     */
    public static Recipe known(Recipe asked, Optional<Path> from) {
        if (!tunes(asked)) {
            return asked;
        }
        Path run = from.orElseThrow(() -> new InputException(
                        "This recipe tunes a diffusion run that is trained already: say which, such as one of the recipe avatars.")
                .about("from=RUN"));
        if (!Files.isDirectory(run)) {
            throw new InputException(
                    Words.of("%s is no run: tuning needs the recipe that its weights were trained with.", run));
        }
        Recipe theirs = RunDirectory.existing(run).recipe();
        if (!theirs.system().equals(asked.system())) {
            throw new InputException(Words.of(
                    "%s is of system '%s', and this recipe tunes runs of '%s'.", run, theirs.system(), asked.system()));
        }
        DiffusionSettings trained = settings(theirs).orElseThrow();
        DiffusionSettings wanted = settings(asked).orElseThrow();
        requireUnsaid(asked, wanted, trained, run);
        return asked.with(
                asked.data().like(theirs.data(), run.toString()), tuned(asked, theirs, wanted.tuning(trained)));
    }

    /** Whether a recipe trains on from a run that must be named. */
    public static boolean tunes(Recipe recipe) {
        return settings(recipe).map(said -> said.objective().tunes()).orElse(false);
    }

    private static Optional<DiffusionSettings> settings(Recipe recipe) {
        if (recipe.settings() instanceof DiffusionSettings settings) {
            return Optional.of(settings);
        }
        return recipe.settings() instanceof LatentSettings latent ? Optional.of(latent.ofCodes()) : Optional.empty();
    }

    /** What would be passed over is refused. */
    private static void requireUnsaid(Recipe asked, DiffusionSettings wanted, DiffusionSettings trained, Path run) {
        Object usual = Families.named(asked.system()).defaults();
        DiffusionSettings defaults =
                usual instanceof LatentSettings latent ? latent.ofCodes() : (DiffusionSettings) usual;
        if (!wanted.model().equals(defaults.model()) && !wanted.model().equals(trained.model())) {
            throw new InputException(
                    Words.of("The network is that of %s, whose weights are tuned: leave the keys of model out.", run));
        }
    }

    private static Object tuned(Recipe asked, Recipe theirs, DiffusionSettings settings) {
        return asked.settings() instanceof LatentSettings && theirs.settings() instanceof LatentSettings latent
                ? latent.with(settings)
                : settings;
    }
}
