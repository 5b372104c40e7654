package io.inkstone.cli;

import io.inkstone.Counted;
import io.inkstone.Words;
import io.inkstone.models.Classifies;
import io.inkstone.models.Generates;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.TrainingRun;
import io.inkstone.tensor.Hardware;
import io.inkstone.tensor.ProcessMemory;
import io.inkstone.train.Listener;
import io.inkstone.train.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One sitting of training at the keyboard: what is said before, shown meanwhile, done on Ctrl-C, and found at the end. */
final class Session {
    private final Common common;

    Session(Common common) {
        this.common = common;
    }

    /**
     * How a sitting ended.
     *
     * @param finished whether training came to its end; else it was interrupted and saved
     * @param result the run's path, and where the pictures of a finished run lie; its last line is the path
     */
    record End(boolean finished, Result result) {}

    /** Opens, trains, and says how to go on. */
    End run(Supplier<TrainingRun> opening) {
        try (TrainingRun run = opening.get()) {
            greet(run);
            run.prepare(common::say);
            boolean finished = train(run);
            if (finished) {
                common.say(Words.of(
                        "Done in %s, at most %,d MB of memory.%s",
                        Durations.words(run.trainer().position().seconds()), ProcessMemory.peakMegabytes(), next(run)));
            } else {
                common.say(Words.of(
                        "Interrupted and saved at step %d. Go on with: inkstone resume %s",
                        run.trainer().position().step(), run.directory().root()));
            }
            return new End(finished, result(run, finished));
        }
    }

    private boolean train(TrainingRun run) {
        boolean[] finished = {false};
        try (Interruption.Instead stopping = Interruption.instead(run.trainer()::stop);
                ProgressDisplay display = ProgressDisplay.of(run, common)) {
            run.train(List.of(display, new Listener() {
                @Override
                public void finished(Trainer trainer) {
                    finished[0] = true;
                }
            }));
        }
        return finished[0];
    }

    private void greet(TrainingRun run) {
        Trainer trainer = run.trainer();
        common.say(Words.of(
                "%s, %s",
                Hardware.here().describe(),
                trainer.plan().precision().on(trainer.plan().device()).word()));
        run.warnings().forEach(common::say);
        common.say(Words.of(
                "%,d parameters, %s, %s%s. Pictures on the way: %s",
                run.model().network().parameterCount(),
                Counted.of(run.picturesPerEpoch(), "picture"),
                Counted.of(run.recipe().train().epochs(), "epoch"),
                trainer.position().step() == 0
                        ? ""
                        : ", going on after step " + trainer.position().step(),
                run.directory().samples()));
    }

    private static Result result(TrainingRun run, boolean finished) {
        RunDirectory directory = run.directory();
        Map<String, Object> fields = new LinkedHashMap<>();
        if (finished) {
            existing(fields, "grid", directory.samples().resolve("final.png"));
            existing(fields, "film", directory.samples().resolve("film.png"));
            existing(fields, "animation", directory.samples().resolve("animation.gif"));
            existing(fields, "curves", directory.curvesFile());
        }
        Table written = new Table(Table.Side.LEFT, Table.Side.LEFT);
        fields.forEach(written::row);
        String text = written.toString() + directory.root();
        fields.put("finished", finished);
        fields.put("step", run.trainer().position().step());
        fields.put("run", directory.root().toString());
        return new Result(text, fields);
    }

    /** What to do with a finished run. */
    private static String next(TrainingRun run) {
        if (run.model() instanceof Generates) {
            return " Draw more: inkstone sample " + run.directory().root();
        }
        return run.model() instanceof Classifies
                ? " Judge with it: inkstone evaluate RUN --classifier "
                        + run.directory().root()
                : "";
    }

    private static void existing(Map<String, Object> fields, String name, Path file) {
        if (Files.exists(file)) {
            fields.put(name, file.toString());
        }
    }
}
