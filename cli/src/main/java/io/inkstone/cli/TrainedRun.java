package io.inkstone.cli;

import io.inkstone.run.SavedRun;
import io.inkstone.studio.RunChoice;
import io.inkstone.tensor.Precision;
import io.inkstone.wish.Workbench;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
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

    @Mixin
    private Overwriting overwriting;

    Common common() {
        return common;
    }

    /** Refuses a file that was named, is there and is not to be written over. */
    void requireNew(Path out) {
        overwriting.require(out);
    }

    /** Opens the run for {@code work}, and closes it afterwards. */
    void use(Consumer<SavedRun> work) {
        OnRun.use(
                RunChoice.of(root)
                        .withWeights(weights)
                        .withDevice(common.device())
                        .withPrecision(precision),
                lease -> work.accept(lease.run()));
    }

    /** What of it another line must repeat to compute the same, as {@link SaidOptions#words} puts it. */
    String words() {
        return SaidOptions.of(spec)
                .among(List.of("--weights", "--precision", "--device"))
                .words();
    }

    /** The run at hand, to carry wishes out on it. */
    Workbench bench(SavedRun saved) {
        return new Workbench(saved, common.device(), precision);
    }

    /** A name for a sheet that nobody named. */
    Path sheet(SavedRun saved, Path asked, String name) {
        overwriting.require(asked);
        return common.requireKind(
                asked == null ? saved.directory().samples().resolve(name + ".png") : asked, Written.KINDS);
    }
}
