package io.inkstone.cli;

import io.inkstone.Words;
import io.inkstone.run.TrainingRun;
import io.inkstone.train.Concern;
import io.inkstone.train.EpochReport;
import io.inkstone.train.Listener;
import io.inkstone.train.OpenStep;
import io.inkstone.train.Position;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
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
        return onTerminal() ? new Bar(run, common) : new Lines(run, common);
    }

    /** {@code epoch 3/32, loss 0.0931, 580 pictures/s, picture 4,200}. */
    private static String words(TrainingRun run, StepReport report) {
        String sum = run.recipe().train().accumulate() == 1
                ? ""
                : Words.of(" (%.2f summed over %d)", report.loss() * report.pictures(), report.pictures());
        double speed = report.pace().picturesPerSecond();
        return Words.of(
                "%s, loss %.4f%s, %s pictures/s, picture %,d",
                epoch(run, report.position()),
                report.loss(),
                sum,
                Words.of(speed < 10 ? "%.2f" : "%.0f", speed),
                report.position().pictures());
    }

    /** {@code picture 137/200, loss sum 6.21, 31 min 30 s to the step's end, epoch 1/50}. */
    private static String words(TrainingRun run, OpenStep report) {
        return Words.of(
                "picture %,d/%,d, loss sum %.2f, %s to the step's end, %s",
                report.pictures(),
                report.picturesOfStep(),
                report.lossSum(),
                Durations.words(report.secondsLeft()),
                epoch(run, report.position()));
    }

    private static String epoch(TrainingRun run, Position position) {
        int epochs = run.recipe().train().epochs();
        return Words.of("epoch %d/%d", Math.min(position.epoch() + 1, epochs), epochs);
    }

    /** {@code epoch 3/32 ended after 2 min 5 s: loss 0.0931, held out 0.0942}. */
    private static String words(TrainingRun run, EpochReport report) {
        return Words.of(
                "epoch %d/%d ended after %s: %s",
                report.position().epoch(),
                run.recipe().train().epochs(),
                Durations.words(report.position().seconds()),
                report.words());
    }

    /** A bar that redraws itself; the ends of epochs stay above it. */
    final class Bar implements ProgressDisplay {
        /** To the beginning of the line, which is cleared: the bar draws itself again under what is said there. */
        private static final String OVER_THE_BAR = "\r\u001b[K";

        private final TrainingRun run;
        private final Common common;
        private final ProgressBar bar;

        private Bar(TrainingRun run, Common common) {
            this.run = run;
            this.common = common;
            bar = new ProgressBarBuilder()
                    .setTaskName("Training")
                    .setInitialMax(run.steps())
                    .startsFrom(run.trainer().position().step(), java.time.Duration.ofMillis((long)
                            (run.trainer().position().seconds() * 1000)))
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(250)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err)) // others move the cursor away from the bar
                    .build();
        }

        @Override
        public void accumulated(Trainer trainer, OpenStep report) {
            bar.setExtraMessage(" " + words(run, report));
        }

        @Override
        public void epochEnded(Trainer trainer, EpochReport report) {
            common.say(OVER_THE_BAR + words(run, report));
        }

        @Override
        public void concerned(Trainer trainer, Concern concern) {
            common.say(OVER_THE_BAR + concern.words());
        }

        @Override
        public void noted(Trainer trainer, String sentence) {
            common.say(OVER_THE_BAR + sentence);
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

    /** Lines of steps, of the insides of long ones, and of epochs: the first and last of each, and one every ten seconds. */
    final class Lines implements ProgressDisplay {
        private final TrainingRun run;
        private final Common common;
        private final Pace steps = new Pace();
        private final Pace parts = new Pace();
        private final Pace epochs = new Pace();

        private Lines(TrainingRun run, Common common) {
            this.run = run;
            this.common = common;
        }

        @Override
        public void accumulated(Trainer trainer, OpenStep report) {
            if (report.secondsLeft() >= Pace.SECONDS && parts.due(false)) {
                common.say(Words.of("step %d at %s", report.position().step() + 1, words(run, report)));
            }
        }

        @Override
        public void stepped(Trainer trainer, StepReport report) {
            long all = run.steps();
            long step = report.position().step();
            if (steps.due(step == all)) {
                double left = (all - step) * report.pictures() / report.pace().picturesPerSecond();
                common.say(Words.of("step %d/%d, %s, %s left", step, all, words(run, report), Durations.words(left)));
            }
        }

        @Override
        public void concerned(Trainer trainer, Concern concern) {
            common.say(concern.words());
        }

        @Override
        public void noted(Trainer trainer, String sentence) {
            common.say(sentence);
        }

        @Override
        public void epochEnded(Trainer trainer, EpochReport report) {
            boolean last = report.position().epoch() == run.recipe().train().epochs();
            if (epochs.due(last)) {
                common.say(words(run, report));
            }
        }

        @Override
        public void close() {}

        /** Lines of one kind, ten seconds apart. */
        private static final class Pace {
            static final long SECONDS = 10;
            private static final long NANOS = SECONDS * 1_000_000_000L;

            private long last = System.nanoTime() - NANOS;

            boolean due(boolean anyway) {
                long now = System.nanoTime();
                boolean due = anyway || now - last >= NANOS;
                last = due ? now : last;
                return due;
            }
        }
    }
}
