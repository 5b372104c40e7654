package io.inkstone.cli;

import io.inkstone.recipe.Recipe;
import io.inkstone.run.ChangeableKeys;
import io.inkstone.run.GoingOn;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.TrainingRun;
import io.inkstone.train.ranks.RankExchange;
import io.inkstone.train.ranks.RankPlace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inkstone resume RUN …}. */
@Command(name = "resume", description = "Goes on with a run from its latest checkpoint, bit for bit.")
final class ResumeCommand implements Callable<Integer> {
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

    @Option(
            names = "--ranks",
            paramLabel = "N",
            description = "Go on by N processes on this machine, however many there were before.")
    private int ranks = 1;

    @Spec
    private CommandSpec spec;

    /** Under torchrun's variables one of several processes; with --ranks the one that starts them. */
    @Override
    public Integer call() {
        RunDirectory directory = RunDirectory.existing(run);
        Recipe recipe = common.said(() -> ChangeableKeys.changed(directory, overrides));
        Optional<RankPlace> place = RankPlace.of(System.getenv());
        if (place.isPresent()) {
            new OneOfSeveral(place.get(), spec.root().commandLine())
                    .run(run, (folder, exchange) -> goOn(folder, Optional.of(exchange)));
        } else if (ranks == 1) {
            goOn(run, Optional.empty());
        } else {
            common.said(() -> LocalRanks.required(ranks, recipe));
            return LocalRanks.run(
                    ranks,
                    LocalRanks.without(
                            spec.root().commandLine().getParseResult().originalArgs()));
        }
        return 0;
    }

    private void goOn(Path root, Optional<RankExchange> others) {
        common.print(new Session(common)
                .run(() -> TrainingRun.resume(new GoingOn(root, overrides, common.device())
                        .from(Optional.ofNullable(checkpoint))
                        .acceptingDataChange(acceptDataChange)
                        .by(others)))
                .result());
    }
}
