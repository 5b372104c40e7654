package io.inkstone.cli;

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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One sitting of training at the keyboard: what is said before, shown meanwhile, done on Ctrl-C, and printed at the end. */
final class Session {
    private static final int SAVING_MINUTES = 10;

    private final Common common;

    Session(Common common) {
        this.common = common;
    }

    void run(Supplier<TrainingRun> opening) {
        CountDownLatch done = new CountDownLatch(1);
        try (TrainingRun run = opening.get()) {
            Trainer trainer = run.trainer();
            Thread hook = new Thread(() -> saveBeforeLeaving(trainer, done), "inkstone-interrupt");
            Runtime.getRuntime().addShutdownHook(hook);
            greet(run);
            boolean finished = train(run);
            if (finished) {
                remove(hook);
                result(run);
            } else {
                common.say("Interrupted and saved at step %d. Go on with: inkstone resume %s"
                        .formatted(trainer.position().step(), run.directory().root()));
            }
        } finally {
            done.countDown();
        }
    }

    private boolean train(TrainingRun run) {
        boolean[] finished = {false};
        try (ProgressDisplay display = ProgressDisplay.of(run, common)) {
            run.train(List.of(display, new Listener() {
                @Override
                public void finished(Trainer trainer) {
                    finished[0] = true;
                }
            }));
        }
        return finished[0];
    }

    /** Runs while the JVM shuts down: the training thread saves, then the JVM ends with 130 of its own accord. */
    private static void saveBeforeLeaving(Trainer trainer, CountDownLatch done) {
        trainer.stop();
        try {
            done.await(SAVING_MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyLeaving) {
            // Ctrl-C came with the last step: all is saved.
        }
    }

    private void greet(TrainingRun run) {
        Trainer trainer = run.trainer();
        common.say("%s, %s"
                .formatted(
                        Hardware.here().describe(),
                        trainer.plan().precision().on(trainer.plan().device()).word()));
        run.warnings().forEach(common::say);
        common.say("%,d parameters, %,d pictures, %d epochs%s. Pictures on the way: %s"
                .formatted(
                        run.model().network().parameterCount(),
                        run.picturesPerEpoch(),
                        run.recipe().train().epochs(),
                        trainer.position().step() == 0
                                ? ""
                                : ", going on after step " + trainer.position().step(),
                        run.directory().samples()));
    }

    private void result(TrainingRun run) {
        RunDirectory directory = run.directory();
        Map<String, String> fields = new LinkedHashMap<>();
        existing(fields, "grid", directory.samples().resolve("final.png"));
        existing(fields, "film", directory.samples().resolve("film.png"));
        existing(fields, "animation", directory.samples().resolve("animation.gif"));
        existing(fields, "curves", directory.curvesFile());
        common.say("Done in %s, at most %,d MB of memory. Draw more: inkstone sample %s"
                .formatted(
                        Durations.words(run.trainer().position().seconds()),
                        ProcessMemory.peakMegabytes(),
                        directory.root()));
        StringBuilder text = new StringBuilder();
        fields.forEach((name, path) -> text.append("%-10s %s%n".formatted(name, path)));
        text.append(directory.root());
        fields.put("run", directory.root().toString());
        common.print(text.toString(), fields);
    }

    private static void existing(Map<String, String> fields, String name, Path file) {
        if (Files.exists(file)) {
            fields.put(name, file.toString());
        }
    }
}
