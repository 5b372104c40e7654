package io.inkstone.studio;

import io.inkstone.InputException;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.Diffuses;
import io.inkstone.models.code.Coding;
import io.inkstone.models.draw.Editing;
import io.inkstone.models.draw.Generation;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;

/**
 * What can be done with an opened run.
 *
 * @param run with its model; whoever lent it closes it
 * @param device where the model lives
 * @param precision of its passes
 */
public record RunTools(SavedRun run, ComputeDevice device, Precision precision) {
    /** The run's model as one that draws pictures, as many at once as is usual for their size. */
    public Generation generation() {
        return new Generation(run.generates(), device, precision);
    }

    /** @param batch most pictures at once */
    public Generation generation(int batch) {
        return new Generation(run.generates(), device, precision, batch);
    }

    /** The run's model as one that encodes and decodes. */
    public Coding coding() {
        if (run.model() instanceof Autoencodes model) {
            return new Coding(model, device, precision);
        }
        throw new InputException(
                "A model of system '%s' has no encoder: choose a VAE or an autoencoder. A diffusion run changes pictures by 'edit --strength', 'inpaint' and 'variations'."
                        .formatted(run.recipe().system()));
    }

    /** The run's model as one that changes pictures by noise. */
    public Editing editing() {
        if (run.model() instanceof Diffuses model) {
            return new Editing(model, device, precision, model.pictures().atOnce());
        }
        throw new InputException(
                "A model of system '%s' does not remove noise: choose a diffusion run. A VAE changes pictures by 'edit --add' and 'interpolate --images'."
                        .formatted(run.recipe().system()));
    }
}
