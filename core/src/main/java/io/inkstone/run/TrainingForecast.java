package io.inkstone.run;

import io.inkstone.data.DataSet;
import io.inkstone.layers.Initializer;
import io.inkstone.models.Model;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.part.FirstStageRun;
import io.inkstone.run.part.StableRun;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * What training a recipe would be: its data looked at, its network laid out, its needs estimated. Nothing is written.
 *
 * @param recipe resolved
 * @param estimate of memory and time
 * @param pictures in an epoch
 * @param notes what should be said of the data, as before a first step
 * @since 0.1
 */
public record TrainingForecast(Recipe recipe, Estimate estimate, int pictures, List<String> notes) {
    public static TrainingForecast of(Recipe recipe, ComputeDevice device) {
        try (Scope scope = Scope.open();
                DataSet data = recipe.data().open()) {
            Recipe resolved = FirstStageRun.resolved(recipe, data.info());
            try (Model model = resolved.build(Initializer.shapesOnly())) {
                Precision precision = resolved.train().precision().on(device);
                RunData prepared = RunData.glance(data, resolved);
                prepared.requireSteps();
                List<String> notes = new ArrayList<>(prepared.notes());
                notes.addAll(DataNotes.of(model, resolved, data.info()));
                prepared.cutCaptions(model).ifPresent(notes::add);
                Estimate estimate = Estimate.of(model, resolved, precision).beside(StableRun.besideBytes(model));
                return new TrainingForecast(resolved, estimate, prepared.picturesPerEpoch(), notes);
            }
        }
    }

    /** Seconds that all epochs will take, roughly. */
    public double seconds() {
        double batches = Math.ceil((double) pictures / recipe.train().batch());
        return estimate.secondsPerBatch() * batches * recipe.train().epochs();
    }
}
