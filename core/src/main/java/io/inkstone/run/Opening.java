package io.inkstone.run;

import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.models.Model;
import io.inkstone.recipe.Recipe;

/** What differs between a run that begins and one that goes on. */
interface Opening {
    /** The recipe for these data, not resolved yet. */
    Recipe recipe(Recipe asked, DataInfo info);

    /** How the run looks at its data; refuses others than it can be trained on. */
    RunData data(DataSet source, Recipe recipe, Model model);

    /** Makes or names the directory, once everything else has succeeded. */
    RunDirectory directory(Recipe recipe, RunData data);

    /** Called where nothing came of the run after all, with nothing of it held any more. */
    default void abandoned() {}
}
