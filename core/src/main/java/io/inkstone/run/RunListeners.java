package io.inkstone.run;

import io.inkstone.evaluate.LatentScale;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.Generates;
import io.inkstone.models.Model;
import io.inkstone.models.PictureForm;
import io.inkstone.models.code.Coding;
import io.inkstone.models.stable.StableModel;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.checkpoint.Checkpointer;
import io.inkstone.run.preview.CurvesPainter;
import io.inkstone.run.preview.GridPreview;
import io.inkstone.run.preview.Preview;
import io.inkstone.run.preview.PreviewPainter;
import io.inkstone.run.preview.ReconstructionPreview;
import io.inkstone.run.preview.SampleMeasures;
import io.inkstone.run.preview.SampleMeter;
import io.inkstone.train.Listener;
import io.inkstone.train.Trainer;
import io.inkstone.weights.WeightFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Who is told of a run's progress: what logs, measures, draws and saves into its directory.
 *
 * @param directory where all of it goes
 * @param recipe resolved
 * @param data of the run
 * @param shown the model that is drawn and measured
 * @param trainer tells them
 */
record RunListeners(RunDirectory directory, Recipe recipe, RunData data, Model shown, Trainer trainer) {
    /** Values of the pictures whose codes tell the latent scale at each save: 341 colour pictures of 64×64. */
    private static final long SCALE_VALUES = 4L << 20;
    /** At least so many, however large they are. */
    private static final int SCALE_PICTURES = 16;

    /** In the order in which they are told: what saves before what draws, so that no picture can lose an epoch. */
    List<Listener> all(int logEvery, RunLog log, Checkpointer saving) {
        MetricsLog metrics = new MetricsLog(directory.metricsFile(), logEvery);
        Alarms alarms = new Alarms(directory.metricsFile());
        saving.keeping(alarms::soundUntil);
        List<Listener> listeners = new ArrayList<>(List.of(alarms, metrics, saving, new OthersAtWork()));
        // A hundred pictures of Stable Diffusion would take longer than its tuning.
        if (shown instanceof Generates generates && !(shown instanceof StableModel)) {
            listeners.add(new SampleMeter(
                    generates, recipe, SampleMeasures.real(data, generates), new SampleMeter.Figures(metrics, alarms)));
        }
        listeners.add(saving.told());
        listeners.add(new PreviewPainter(directory, recipe, previews()));
        listeners.add(new CurvesPainter(directory));
        listeners.add(log);
        return listeners;
    }

    RunLog log(List<String> warnings) {
        return new RunLog(
                directory.logFile(),
                warnings,
                Environment.here(trainer.plan().device(), trainer.plan().precision()));
    }

    /** What saves; to be closed after training, however that ends. */
    Checkpointer saving(RunLog log) {
        return new Checkpointer(directory, recipe, facts(), log::note);
    }

    private List<Preview> previews() {
        List<Preview> previews = new ArrayList<>();
        if (shown instanceof Generates generates) {
            previews.add(new GridPreview(directory, recipe, generates));
        }
        if (shown instanceof Autoencodes autoencodes) {
            previews.add(new ReconstructionPreview(
                    directory,
                    recipe,
                    autoencodes,
                    data.examples(recipe.preview().count())));
        }
        return previews;
    }

    /** The scale of the codes belongs to the weights that make them; the pictures are read now: saving depends on no data. */
    private Supplier<Map<String, String>> facts() {
        if (!(shown instanceof Autoencodes codes)) {
            return Map::of;
        }
        Examples examples = data.spread(scalePictures(codes.pictures()));
        return () -> scale(codes, examples);
    }

    static int scalePictures(PictureForm form) {
        return (int) Math.max(SCALE_PICTURES, SCALE_VALUES / form.values());
    }

    /** Left out where it cannot be told: codes that are all the same have none. */
    private Map<String, String> scale(Autoencodes codes, Examples examples) {
        Coding coding =
                new Coding(codes, trainer.plan().device(), trainer.plan().precision());
        LatentScale scale = new LatentScale();
        scale.add(coding.means(codes.pictures().array(examples.pictures()), examples.conditions())
                .toFloats());
        return scale.known().isPresent()
                ? Map.of(WeightFile.LATENT_SCALE, String.valueOf(scale.known().getAsDouble()))
                : Map.of();
    }
}
