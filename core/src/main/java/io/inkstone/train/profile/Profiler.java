package io.inkstone.train.profile;

import io.inkstone.InputException;
import io.inkstone.InterruptedWorkException;
import io.inkstone.Words;
import io.inkstone.layers.Watch;
import io.inkstone.train.Batch;
import io.inkstone.train.BatchSource;
import io.inkstone.train.Listener;
import io.inkstone.train.Stage;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.bytedeco.pytorch.global.torch.DeviceType;

/** Runs a few training steps and says where the time of one goes. The steps are real: weights change. */
public final class Profiler {
    /** Until Java has compiled what a step of a small network calls, that takes longer than the network. */
    private static final int MOST_WARM_UPS = 60;

    private static final int LEAST_WARM_UPS = 2;
    private static final double ENOUGH_WARM_UP_SECONDS = 3;
    private static final int MOST_STEPS = 9;
    private static final double ENOUGH_SECONDS = 15;

    private final Trainer trainer;
    private final BatchSource source;
    private final long steps;
    private final List<PlainStep> plain = new ArrayList<>();
    private final List<StepProfile> watched = new ArrayList<>();
    private Recorder recorder;
    private int batch;
    private long start;

    private record PlainStep(int batch, double milliseconds) {}

    /**
     * @param source where the steps' batches come from; goes on where the trainer stands
     * @param steps until the plan ends
     */
    public Profiler(Trainer trainer, BatchSource source, long steps) {
        if (trainer.plan().device().type() != DeviceType.CPU) {
            throw new InputException(
                            "A profile is measured on the CPU: elsewhere operations only begin when they are called.")
                    .about("device=cpu");
        }
        this.trainer = trainer;
        this.source = source;
        this.steps = steps;
    }

    /** Warms up, measures plain steps, then watches up to nine: of each part the median over those with full batches. */
    public StepProfile run() {
        int warmUps = (int) Math.max(LEAST_WARM_UPS, Math.min(MOST_WARM_UPS, steps - 2 * MOST_STEPS));
        steps(LEAST_WARM_UPS, warmUps, ENOUGH_WARM_UP_SECONDS, () -> {});
        plain.clear();
        steps(1, MOST_STEPS, ENOUGH_SECONDS, () -> {});
        Watch.during(new Relay(), () -> {
            steps(1, MOST_STEPS, ENOUGH_SECONDS, this::startWatching);
            return null;
        });
        trainer.clock(Stage.Clock.NONE);
        if (watched.isEmpty()) {
            throw new InputException(Words.of(
                            "The recipe ends before a step could be profiled. Raise train.epochs to %d or more.",
                            trainer.plan().epochs() + 2 * MOST_STEPS + LEAST_WARM_UPS))
                    .about("train.epochs");
        }
        int full = watched.stream().mapToInt(StepProfile::batch).max().getAsInt();
        return new MedianStep(
                        watched.stream().filter(step -> step.batch() == full).toList())
                .profile(plain.stream()
                        .filter(step -> step.batch() == full)
                        .map(PlainStep::milliseconds)
                        .toList());
    }

    private void startWatching() {
        recorder = new Recorder(trainer.objective().network());
        recorder.begins(Stage.DATA); // the trainer said so before there was a recorder
        trainer.clock(recorder);
    }

    private void steps(int least, int most, double enoughSeconds, Runnable beforeEach) {
        long begin = System.nanoTime();
        int[] done = {0};
        BooleanSupplier more =
                () -> done[0] < most && (System.nanoTime() - begin) / 1e9 < enoughSeconds || done[0] < least;
        trainer.run(
                (epoch, inEpoch) -> new Some(source.open(epoch, inEpoch), more, beforeEach), List.of(new Listener() {
                    @Override
                    public void stepped(Trainer itself, StepReport report) {
                        done[0]++;
                        if (recorder == null) {
                            plain.add(new PlainStep(batch, (System.nanoTime() - start) / 1e6));
                        } else {
                            watched.add(recorder.profile(batch));
                            trainer.clock(Stage.Clock.NONE);
                        }
                    }
                }));
        InterruptedWorkException
                .check(); // the trainer ends and sets the mark again: a profile of fewer steps says nothing
    }

    /** Hands every pass to the recorder of the step at hand. */
    private final class Relay implements Watch {
        @Override
        public org.bytedeco.pytorch.Tensor around(
                io.inkstone.layers.Layer layer,
                org.bytedeco.pytorch.Tensor input,
                java.util.function.Supplier<org.bytedeco.pytorch.Tensor> forward) {
            return recorder.around(layer, input, forward);
        }
    }

    /** The batches of a source as long as {@code more} are wanted. */
    private final class Some implements BatchSource.Batches {
        private final BatchSource.Batches batches;
        private final BooleanSupplier more;
        private final Runnable beforeEach;

        Some(BatchSource.Batches batches, BooleanSupplier more, Runnable beforeEach) {
            this.batches = batches;
            this.more = more;
            this.beforeEach = beforeEach;
        }

        @Override
        public boolean hasNext() {
            if (!more.getAsBoolean()) {
                return false;
            }
            beforeEach.run();
            start = System.nanoTime();
            return batches.hasNext();
        }

        @Override
        public Batch next() {
            Batch next = batches.next();
            batch = next.size();
            return next;
        }

        @Override
        public double secondsWaited() {
            return batches.secondsWaited();
        }

        @Override
        public void close() {
            batches.close();
        }
    }
}
