package io.inkstone.run;

import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.train.Listener;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws a run's previews on the way into samples/step-….png, and the final ones at the end. */
final class PreviewPainter implements Listener {
    /** The first preview comes early, so that something is seen within the first minute. */
    private static final int FIRST = 25;

    private final RunDirectory run;
    private final Recipe recipe;
    private final List<Preview> previews;

    PreviewPainter(RunDirectory run, Recipe recipe, List<Preview> previews) {
        this.run = run;
        this.recipe = recipe;
        this.previews = previews;
    }

    @Override
    public void stepped(Trainer trainer, StepReport report) {
        long step = report.position().step();
        int every = recipe.preview().everySteps();
        if (step % every == 0 || step == FIRST && every > FIRST) {
            draw(trainer, "step-%06d".formatted(step));
        }
    }

    @Override
    public void finished(Trainer trainer) {
        draw(trainer, "final");
        previews.forEach(preview -> preview.finish(trainer));
    }

    private void draw(Trainer trainer, String name) {
        for (int i = 0; i < previews.size(); i++) {
            Pixels picture = previews.get(i).draw(trainer);
            String file = i == 0 ? name : name + "-" + previews.get(i).name();
            PictureFile.write(run.samples().resolve(file + ".png"), picture, text(trainer));
        }
    }

    private Map<String, String> text(Trainer trainer) {
        Map<String, String> text = new LinkedHashMap<>();
        text.put("Software", "Inkstone " + Environment.version());
        text.put("Creation Time", ZonedDateTime.now().format(DateTimeFormatter.RFC_1123_DATE_TIME));
        text.put("inkstone.recipe", Recipes.print(recipe));
        text.put("inkstone.step", String.valueOf(trainer.position().step()));
        return text;
    }
}
