package io.inkstone.cli;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.Diffuses;
import io.inkstone.models.code.Coding;
import io.inkstone.models.draw.Editing;
import io.inkstone.models.draw.Generation;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.Precision;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What every command that uses a trained run takes: the run, its weights, the precision. */
final class TrainedRun {
    @Spec(Spec.Target.SELF)
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Parameters(index = "0", paramLabel = "RUN", description = "A run directory.")
    private Path root;

    @Option(names = "--weights", paramLabel = "ema|raw", description = "Averaged weights or raw ones. Default: ema.")
    private SavedRun.Weights weights = SavedRun.Weights.EMA;

    @Option(names = "--precision", paramLabel = "P", description = "auto, float32 or bfloat16. Default: auto.")
    private Precision precision = Precision.AUTO;

    Common common() {
        return common;
    }

    SavedRun open() {
        return SavedRun.open(root, weights, common.device());
    }

    /** What of it another line must repeat to compute the same, as {@link SaidOptions#words} puts it. */
    String words() {
        return SaidOptions.of(spec)
                .among(List.of("--weights", "--precision", "--device"))
                .words();
    }

    Precision precision() {
        return precision;
    }

    /** The run's model as one that encodes and decodes. */
    Coding coding(SavedRun saved) {
        if (saved.model() instanceof Autoencodes model) {
            return new Coding(model, common.device(), precision());
        }
        throw new InputException(Words.of(
                "A model of system '%s' has no encoder: choose a VAE or an autoencoder. A diffusion run changes pictures by 'edit --strength', 'inpaint' and 'variations'.",
                saved.recipe().system()));
    }

    /** The run's model as one that changes pictures by noise. */
    Editing editing(SavedRun saved) {
        if (saved.model() instanceof Diffuses model) {
            return new Editing(
                    model, common.device(), precision(), model.pictures().atOnce());
        }
        throw new InputException(Words.of(
                "A model of system '%s' does not remove noise: choose a diffusion run. A VAE changes pictures by 'edit --add' and 'interpolate --images'.",
                saved.recipe().system()));
    }

    /** The run's model as one that draws pictures. */
    Generation generation(SavedRun saved) {
        return new Generation(saved.generates(), common.device(), precision());
    }

    /** A name for a sheet that nobody named. */
    Path sheet(SavedRun saved, Path asked, String name) {
        return common.requireKind(
                asked == null ? saved.directory().samples().resolve(name + ".png") : asked, Written.KINDS);
    }
}
