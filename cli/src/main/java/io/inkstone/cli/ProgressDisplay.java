package io.inkstone.cli;

import io.inkstone.run.TrainingRun;
import io.inkstone.train.Listener;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Training as it goes on: a bar on a terminal, a plain line now and then elsewhere. Speaks on stderr. */
interface ProgressDisplay extends Listener, AutoCloseable {
    @Override
    void close();

    /** The launcher says whether stderr is a terminal; Java cannot tell reliably. */
    static boolean onTerminal() {
        return Boolean.getBoolean("inkstone.terminal");
    }

    static ProgressDisplay of(TrainingRun run, Common common) {
        return onTerminal() ? new Bar(run) : new Lines(run, common);
    }

    /** {@code epoch 3/32, loss 0.0931, 580 pictures/s}. */
    private static String words(TrainingRun run, StepReport report) {
        int epochs = run.recipe().train().epochs();
        String sum = run.recipe().train().accumulate() == 1
                ? ""
                : " (%.2f summed over %d)".formatted(report.loss() * report.pictures(), report.pictures());
        return "epoch %d/%d, loss %.4f%s, %s pictures/s"
                .formatted(
                        Math.min(report.position().epoch() + 1, epochs),
                        epochs,
                        report.loss(),
                        sum,
                        (report.picturesPerSecond() < 10 ? "%.2f" : "%.0f").formatted(report.picturesPerSecond()));
    }

    /** A bar that redraws itself. */
    final class Bar implements ProgressDisplay {
        private final TrainingRun run;
        private final ProgressBar bar;

        private Bar(TrainingRun run) {
            this.run = run;
            bar = new ProgressBarBuilder()
                    .setTaskName("Training")
                    .setInitialMax(run.steps())
                    .startsFrom(run.trainer().position().step(), java.time.Duration.ofMillis((long)
                            (run.trainer().position().seconds() * 1000)))
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(250)
                    .build();
        }

        @Override
        public void stepped(Trainer trainer, StepReport report) {
            bar.stepTo(report.position().step());
            bar.setExtraMessage(" " + words(run, report));
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** A line at the first step, every ten seconds, and at each end of an epoch that is longer than that. */
    final class Lines implements ProgressDisplay {
        private static final long EVERY_NANOS = 10_000_000_000L;

        private final TrainingRun run;
        private final Common common;
        private long last = System.nanoTime() - EVERY_NANOS;

        private Lines(TrainingRun run, Common common) {
            this.run = run;
            this.common = common;
        }

        @Override
        public void stepped(Trainer trainer, StepReport report) {
            long now = System.nanoTime();
            long steps = run.steps();
            long step = report.position().step();
            if (now - last < EVERY_NANOS && step != steps) {
                return;
            }
            last = now;
            double left = (steps - step) * report.pictures() / report.picturesPerSecond();
            common.say("step %d/%d, %s, %s left".formatted(step, steps, words(run, report), Durations.words(left)));
        }

        @Override
        public void close() {}
    }
}
