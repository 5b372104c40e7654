package io.inkstone.wish;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.Diffuses;
import io.inkstone.models.code.Coding;
import io.inkstone.models.draw.EditWatch;
import io.inkstone.models.draw.Editing;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.List;

/**
 * An opened run on which wishes are carried out.
 *
 * @param saved the run
 * @param device where its model lives
 * @param precision of the passes
 * @param watch told of every step while pictures are changed
 */
public record Workbench(SavedRun saved, ComputeDevice device, Precision precision, EditWatch watch) {
    private static final int MOST = 10_000;

    /** Nobody watches. */
    public Workbench(SavedRun saved, ComputeDevice device, Precision precision) {
        this(saved, device, precision, EditWatch.NONE);
    }

    public Workbench watchedBy(EditWatch other) {
        return new Workbench(saved, device, precision, other);
    }

    /** The run's model as one that encodes and decodes. */
    public Coding coding() {
        if (saved.model() instanceof Autoencodes model) {
            return new Coding(model, device, precision);
        }
        throw new InputException(Words.of(
                "A model of system '%s' has no encoder: choose a VAE or an autoencoder. A diffusion run changes pictures by 'edit' with a strength, 'inpaint' and 'variations'.",
                saved.recipe().system()));
    }

    /** The run's model as one that changes pictures by noise. */
    public Editing editing() {
        if (saved.model() instanceof Diffuses model) {
            return new Editing(model, device, precision, model.pictures().atOnce(), watch);
        }
        throw new InputException(Words.of(
                "A model of system '%s' does not remove noise: choose a diffusion run. A VAE changes pictures by 'edit' that adds attributes and by 'interpolate' between images.",
                saved.recipe().system()));
    }

    /** The run's model as one that draws pictures. */
    public Generation generation() {
        return new Generation(saved.generates(), device, precision);
    }

    /** Whether pictures come out of noise here; else out of codes, in one pass. */
    public boolean removesNoise() {
        return saved.model() instanceof Diffuses;
    }

    /** float32 [N, C, H, W] in the model's range, of files and folders of pictures, or of one array. */
    public NdArray pictures(List<String> names) {
        return PictureNames.read(saved, names);
    }

    /**
     * The same to be changed by noise as {@code drawing} says, in its size; refuses one that the model does not take before
     * a picture is read.
     */
    public NdArray pictures(List<String> names, DrawingWish drawing) {
        drawing.size().ifPresent(size -> saved.model().sizes().require("This model", size));
        return PictureNames.read(saved, names, drawing.size());
    }

    /** Of a name that means one picture, [1, C, H, W]. */
    public NdArray picture(String name, DrawingWish drawing) {
        NdArray pictures = pictures(List.of(name), drawing);
        if (pictures.shape()[0] != 1) {
            throw new InputException(Words.of("%s holds %d pictures; give one.", name, pictures.shape()[0]));
        }
        return pictures;
    }

    /** What the model starts from for these picture seeds, [N, …]. */
    public NdArray starts(List<Long> seeds) {
        try (Scope scope = Scope.open()) {
            return Tensors.toArray(saved.generates().start(seeds));
        }
    }

    /** Pictures of given starts [N, …], drawn as {@code request} says. */
    NdArray drawn(NdArray starts, GenerationRequest request) {
        return generation().pictures(request.withStart(starts));
    }

    /** Refuses more pictures than an array holds, or a sheet shows. */
    void requireFit(int count) {
        long most = Math.min(MOST, Integer.MAX_VALUE / saved.model().pictures().values());
        if (count > most) {
            throw new InputException(Words.of("A way has at most %,d pictures here, got %,d.", most, count))
                    .about("count");
        }
    }
}
