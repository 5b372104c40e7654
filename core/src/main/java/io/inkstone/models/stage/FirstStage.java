package io.inkstone.models.stage;

import io.inkstone.InputException;
import io.inkstone.image.Size;
import io.inkstone.models.DataForm;
import java.util.List;

/**
 * The {@code firstStage} group of a recipe: the run whose codes a model draws. Only {@code run} is chosen by people; the rest
 * is read off that run when training starts, and says later whether the same weights are still there.
 *
 * @param run directory of a trained autoencoder; {@code none} until one is named
 * @param hash SHA-256 of its weight file; {@code auto} until it was looked at
 * @param code shape of one code [c, h, w]; empty until it was looked at
 * @param scale factor that gives the codes unit variance; 0 takes the one that the run measured
 */
public record FirstStage(String run, String hash, List<Integer> code, double scale) {
    /** Not named yet. */
    public static final FirstStage NONE = new FirstStage("none", "auto", List.of(), 0);

    public FirstStage {
        code = List.copyOf(code);
        if (!code.isEmpty() && code.size() != 3) {
            throw new InputException("firstStage.code is the shape [c, h, w] of a code, got " + code + ".");
        }
        if (!(scale >= 0) || !Double.isFinite(scale)) {
            throw new InputException("firstStage.scale must be above 0, or 0 for the measured one, got " + scale + ".");
        }
    }

    public FirstStage withRun(String other) {
        return new FirstStage(other, NONE.hash, NONE.code, scale);
    }

    /** Whether a run was named. */
    public boolean named() {
        return !run.equals(NONE.run);
    }

    /** Whether the named run was looked at. */
    public boolean known() {
        return !code.isEmpty() && !hash.equals(NONE.hash) && scale > 0;
    }

    /** The form of the codes, as data for a network; a sentence if no run was named yet. */
    public DataForm codes(List<String> classes) {
        if (!known()) {
            throw new InputException(
                            "This recipe draws the codes of a trained autoencoder: say which, or train one first (inkstone train faces-autoencoder).")
                    .about("firstStage=RUN");
        }
        return new DataForm(code.get(0), new Size(code.get(1), code.get(2)), classes);
    }
}
