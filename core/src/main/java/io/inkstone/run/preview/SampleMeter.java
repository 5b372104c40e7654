package io.inkstone.run.preview;

import io.inkstone.evaluate.LabelledPictures;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.Generation;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.Alarms;
import io.inkstone.run.MetricsLog;
import io.inkstone.train.EpochReport;
import io.inkstone.train.Listener;
import io.inkstone.train.Trainer;

/** Measures generated pictures: after every epoch where one pass makes them, else at the end of training. */
public final class SampleMeter implements Listener {
    private final Generates model;
    private final Recipe recipe;
    private final LabelledPictures real;
    private final MetricsLog log;
    private final Alarms alarms;

    /** @param figures where they go */
    public SampleMeter(Generates model, Recipe recipe, LabelledPictures real, Figures figures) {
        this.model = model;
        this.recipe = recipe;
        this.real = real;
        log = figures.log();
        alarms = figures.alarms();
    }

    /**
     * Who is told of what was measured.
     *
     * @param log writes it down
     * @param alarms look whether all pictures are one
     */
    public record Figures(MetricsLog log, Alarms alarms) {}

    @Override
    public void epochEnded(Trainer trainer, EpochReport report) {
        if (model.steps(recipe.preview().sampling(model)) == 1) {
            measure(trainer);
        }
    }

    @Override
    public void finished(Trainer trainer) {
        if (model.steps(recipe.preview().sampling(model)) > 1 && !log.hasSamples(trainer)) {
            measure(trainer);
        }
    }

    private void measure(Trainer trainer) {
        Generation generation =
                new Generation(model, trainer.plan().device(), trainer.plan().precision());
        SampleMeasures measures =
                SampleMeasures.of(generation, recipe.preview().sampling(model), real, new UntilStopped(trainer));
        log.samples(trainer, measures.byName());
        alarms.drawn(trainer, measures.diversity());
    }
}
