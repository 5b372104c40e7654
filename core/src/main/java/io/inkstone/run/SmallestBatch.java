package io.inkstone.run;

import io.inkstone.data.SizeGroups;
import io.inkstone.layers.Initializer;
import io.inkstone.models.Model;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.TrainConfig;
import io.inkstone.tensor.Scope;

/** The last batch of an epoch may be a single picture, from which not every network can learn. */
final class SmallestBatch {
    private SmallestBatch() {}

    /**
     * Refuses what the network says of a single picture, if there is a batch of one: before anything is written, and not at
     * the end of the first epoch.
     *
     * @param recipe resolved
     * @param pictures that are trained on, by which may share a batch
     */
    static void requireEnough(Recipe recipe, SizeGroups pictures) {
        TrainConfig train = recipe.train();
        if (!pictures.meets(1, train.batch(), train.dropLast())) {
            return;
        }
        try (Scope scope = Scope.open();
                Model model = recipe.build(Initializer.shapesOnly())) {
            model.network().training(true);
            model.pass(model.inputShape(1));
        }
    }
}
