package io.inkstone.run;

import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.models.Model;
import io.inkstone.recipe.Recipe;

/** A run that begins: its data is looked through, and what it should remember of it written beside its recipe. */
record Beginning(TrainingStart start) implements Opening {
    @Override
    public Recipe recipe(Recipe asked, DataInfo info) {
        return start.from()
                .map(weights -> new StartingWeights(weights).orderedLikeThem(asked, info))
                .orElse(asked);
    }

    @Override
    public RunData data(DataSet source, Recipe recipe, Model model) {
        return new RunData(source, recipe);
    }

    @Override
    public RunDirectory directory(Recipe recipe, RunData data) {
        data.say(start.say());
        data.check();
        RunDirectory directory = RunDirectory.create(
                start.out(),
                start.reuse(),
                recipe,
                Environment.here(start.device(), recipe.train().precision()));
        directory.write(data.known());
        return directory;
    }
}
