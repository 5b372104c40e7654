package io.inkstone.cli;

import io.inkstone.run.ChangeableKeys;
import io.inkstone.run.GoingOn;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.TrainingRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inkstone resume RUN …}. */
@Command(name = "resume", description = "Goes on with a run from its latest checkpoint, bit for bit.")
final class ResumeCommand implements Runnable {
    @Mixin
    private Common common;

    @Parameters(paramLabel = "RUN", description = "A run directory.")
    private Path run;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change a key that may change: train.epochs, saving, previews, data.source.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--checkpoint",
            paramLabel = "NAME",
            description = "Go back to this checkpoint, such as step-000600; later ones are set aside.")
    private String checkpoint;

    @Option(names = "--accept-data-change", description = "Go on although the data are others than the run remembers.")
    private boolean acceptDataChange;

    @Override
    public void run() {
        RunDirectory directory = RunDirectory.existing(run);
        common.said(() -> ChangeableKeys.changed(directory, overrides));
        common.print(new Session(common)
                .run(() -> TrainingRun.resume(new GoingOn(run, overrides, common.device())
                        .from(Optional.ofNullable(checkpoint))
                        .acceptingDataChange(acceptDataChange)))
                .result());
    }
}
