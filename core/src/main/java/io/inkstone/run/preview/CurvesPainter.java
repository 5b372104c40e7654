package io.inkstone.run.preview;

import io.inkstone.image.Curves;
import io.inkstone.image.PictureFile;
import io.inkstone.run.JsonLines;
import io.inkstone.run.RunDirectory;
import io.inkstone.train.EpochReport;
import io.inkstone.train.Listener;
import io.inkstone.train.Trainer;
import java.util.List;

/** Redraws curves.png from the metrics after every epoch and at the end. */
public final class CurvesPainter implements Listener {
    private final RunDirectory run;

    public CurvesPainter(RunDirectory run) {
        this.run = run;
    }

    @Override
    public void epochEnded(Trainer trainer, EpochReport report) {
        draw(trainer);
    }

    @Override
    public void interrupted(Trainer trainer) {
        draw(trainer);
    }

    private void draw(Trainer trainer) {
        List<Curves> charts = new LossCharts(JsonLines.read(run.metricsFile())).of(trainer.objective());
        if (!charts.isEmpty()) {
            PictureFile.write(run.curvesFile(), Curves.stacked(charts));
        }
    }
}
