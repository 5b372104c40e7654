package io.inkstone.run.preview;

import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.RunDirectory;
import io.inkstone.train.EpochReport;
import io.inkstone.train.Listener;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import java.util.List;

/** Draws a run's previews on the way into samples/step-….png, and the final ones at the end. */
public final class PreviewPainter implements Listener {
    /** The first preview comes early, so that something is seen within the first minute. */
    private static final int FIRST = 25;

    private final RunDirectory run;
    private final Recipe recipe;
    private final List<Preview> previews;

    public PreviewPainter(RunDirectory run, Recipe recipe, List<Preview> previews) {
        this.run = run;
        this.recipe = recipe;
        this.previews = previews;
    }

    @Override
    public void stepped(Trainer trainer, StepReport report) {
        long step = report.position().step();
        int every = recipe.preview().everySteps();
        boolean due = every > 0 && step % every == 0;
        if (due || step == FIRST) {
            draw(trainer, name(trainer));
        }
    }

    @Override
    public void epochEnded(Trainer trainer, EpochReport report) {
        int every = recipe.preview().everyEpochs();
        int done = trainer.position().epoch();
        if (every > 0 && done % every == 0) {
            draw(trainer, name(trainer));
        }
        if (recipe.train().savesAfter(done)) {
            lookBack(trainer);
        }
    }

    @Override
    public void interrupted(Trainer trainer) {
        lookBack(trainer);
    }

    private void lookBack(Trainer trainer) {
        previews.forEach(preview -> preview.lookBack(trainer));
    }

    private static String name(Trainer trainer) {
        return RunDirectory.step(trainer.position().step());
    }

    @Override
    public void finished(Trainer trainer) {
        draw(trainer, "final");
        lookBack(trainer);
        previews.forEach(preview -> preview.finish(trainer));
    }

    private void draw(Trainer trainer, String name) {
        for (int i = 0; i < previews.size(); i++) {
            Pixels picture = previews.get(i).draw(trainer);
            String file = i == 0 ? name : name + "-" + previews.get(i).name();
            PictureFile.write(run.samples().resolve(file + ".png"), picture, PictureText.of(recipe, trainer));
        }
    }
}
