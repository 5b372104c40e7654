package io.inkstone.cli;

import io.inkstone.tensor.Precision;
import java.nio.file.Path;
import java.util.List;
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

    @Mixin
    private CheckpointOptions chosen;

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
                new ComparisonReport.Compared(runs, chosen.checkpoint(), chosen.weights(), precision);
        common.print(ComparisonReport.write(compared, out == null ? runs.get(0) : out, common.device()));
    }
}
