package io.inkstone.run;

import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.models.Model;
import io.inkstone.recipe.Recipe;
import java.util.Optional;

/**
 * A run that begins: its data is looked through, and what it should remember of it written beside its recipe. Where it
 * comes to nothing, its directory is taken away again.
 */
final class Beginning implements Opening {
    private final TrainingStart start;
    private Optional<FreshDirectory> fresh = Optional.empty();

    Beginning(TrainingStart start) {
        this.start = start;
    }

    @Override
    public Recipe recipe(Recipe asked, DataInfo info) {
        Recipe known = TunedRun.known(asked, start.from());
        return start.from()
                .map(weights -> new StartingWeights(weights).orderedLikeThem(known, info))
                .orElse(known);
    }

    @Override
    public RunData data(DataSet source, Recipe recipe, Model model) {
        return new RunData(source, recipe);
    }

    @Override
    public RunDirectory directory(Recipe recipe, RunData data) {
        data.say(start.say());
        data.check(start.out());
        RunDirectory.requireNew(start.out(), start.reuse()); // what others began meanwhile is not ours to take away
        fresh = Optional.of(FreshDirectory.before(start.out()));
        RunDirectory directory = RunDirectory.create(
                start.out(),
                start.reuse(),
                recipe,
                Environment.here(start.device(), recipe.train().precision()));
        directory.write(data.known());
        return directory;
    }

    @Override
    public void abandoned() {
        fresh.ifPresent(FreshDirectory::discard);
    }
}
