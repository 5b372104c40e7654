package io.inkstone.cli;

import io.inkstone.run.SavedRun;
import io.inkstone.tensor.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inkstone compare RUN RUN…}. */
@Command(
        name = "compare",
        description =
                "Puts runs on the same data side by side: a table of figures, and a sheet whose rows are classes and"
                        + " whose blocks of columns are the runs.")
final class CompareCommand implements Runnable {
    @Mixin
    private Common common;

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Run directories.")
    private List<Path> runs;

    @Option(
            names = "--weights",
            paramLabel = "ema|raw|best",
            description = "Averaged weights, raw ones, or the averaged ones of the best checkpoint. Default: ema.")
    private SavedRun.Weights weights = SavedRun.Weights.EMA;

    @Option(
            names = "--checkpoint",
            paramLabel = "NAME",
            description = "A checkpoint that each of the runs has, such as step-000600. Default: the latest.")
    private String checkpoint;

    @Option(names = "--precision", paramLabel = "P", description = "auto, float32 or bfloat16. Default: auto.")
    private Precision precision = Precision.AUTO;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where comparison.png and comparison.json go. Default: the first run.")
    private Path out;

    @Override
    public void run() {
        ComparisonReport.Compared compared =
                new ComparisonReport.Compared(runs, Optional.ofNullable(checkpoint), weights, precision);
        common.print(ComparisonReport.write(compared, out == null ? runs.get(0) : out, common.device()));
    }
}
