package io.inkstone.train;

import io.inkstone.InterruptedWorkException;
import io.inkstone.tensor.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;

/**
 * The loop: batches in, losses and steps, listeners told. Its state (network, average, optimizers, position) is open to
 * those who save it; everything random is a function of the plan's seed and the position.
 */
public final class Trainer implements AutoCloseable {
    private final Objective objective;
    private final TrainingPlan plan;
    private final Optional<Ema> ema;
    private final StepEngine engine;
    private final RecentBatches recent = new RecentBatches();
    private Position position = Position.START;
    private LossState losses = LossState.START;
    private final StopRequest stop = new StopRequest();
    private boolean betweenBatches = true;
    private List<Listener> listening = List.of();
    private Stage.Clock clock = Stage.Clock.NONE;

    /** @param ema follows the network after each step; owned by the caller */
    public Trainer(Objective objective, TrainingPlan plan, Optional<Ema> ema) {
        this(objective, plan, ema, Exchange.ALONE);
    }

    /** @param exchange where gradients and losses meet those of other processes */
    public Trainer(Objective objective, TrainingPlan plan, Optional<Ema> ema, Exchange exchange) {
        this.objective = objective;
        this.plan = plan;
        this.ema = ema;
        engine = new StepEngine(objective, plan, ema, exchange);
    }

    /** {@link #run(BatchSource, Optional, List)} without held-out pictures. */
    public void run(BatchSource source, List<Listener> listeners) {
        run(source, Optional.empty(), listeners);
    }

    /**
     * Trains from the current position to the end of the plan, or until {@link #stop}; to interrupt the thread asks for the same,
     * and its mark is set again at the end. What fails between two batches (a picture that cannot be read, a listener)
     * interrupts training before it is thrown, so that what was learned is saved.
     *
     * @param heldOut asked after every epoch, where the objective's losses on such pictures mean anything
     */
    public void run(BatchSource source, Optional<Validation> heldOut, List<Listener> listeners) {
        listening = List.copyOf(listeners);
        try {
            listeners.forEach(listener -> listener.started(this));
            objective.network().training(true);
            boolean done = trained(source, heldOut, listeners);
            tell(listeners, done ? listener -> listener.finished(this) : listener -> listener.interrupted(this));
        } finally {
            stop.handBack();
        }
    }

    private boolean trained(BatchSource source, Optional<Validation> heldOut, List<Listener> listeners) {
        try (BatchSource.Batches batches = source.open(position.epoch(), position.inEpoch())) {
            boolean done = train(batches, heldOut, listeners);
            stop.heed();
            return done;
        } catch (RuntimeException failure) {
            stop.heed(); // a marked thread could not save
            if (betweenBatches && engine.together() && position.batches() > 0) {
                listeners.forEach(listener -> interrupted(listener, failure));
            }
            throw failure;
        }
    }

    /** Who gives up drawing because training is to end keeps nobody from hearing. */
    private void tell(List<Listener> listeners, Consumer<Listener> what) {
        listeners.forEach(listener -> {
            stop.heed();
            try {
                what.accept(listener);
            } catch (InterruptedWorkException leaving) {
                stop.taken();
            }
        });
    }

    private void interrupted(Listener listener, RuntimeException failure) {
        try {
            listener.interrupted(this);
        } catch (RuntimeException another) {
            failure.addSuppressed(another);
        }
    }

    /** @return whether the plan is done; else training was asked to stop, or the source was closed under it */
    private boolean train(BatchSource.Batches batches, Optional<Validation> heldOut, List<Listener> listeners) {
        boolean goesOn = toldOfEpoch(heldOut, listeners); // of one that ended in an earlier sitting
        while (goesOn && position.epoch() < plan.epochs()) {
            clock.begins(Stage.DATA);
            RecentBatches.Start start = RecentBatches.Start.now(batches);
            // A source may block here until its next batch is ready: that belongs to the batch.
            goesOn = !exchange().anywhere(!batches.hasNext() || engine.together() && stopping());
            if (goesOn) {
                trainOn(batches, start, listeners);
                goesOn = toldOfEpoch(heldOut, listeners);
            }
        }
        return goesOn;
    }

    /** @return whether all epochs that ended were told of; else training was asked to stop before */
    private boolean toldOfEpoch(Optional<Validation> heldOut, List<Listener> listeners) {
        if (losses.told()) {
            return true;
        }
        tell(listeners, listener -> listener.epochTrained(this, losses.lastEpoch()));
        Optional<Validation> asked = heldOut.filter(pictures -> objective.validates());
        Optional<MeanLosses> measured = asked.flatMap(pictures -> pictures.losses(this));
        if (asked.isPresent() && measured.isEmpty()) {
            return false;
        }
        EpochReport report = new EpochReport(position, losses.lastEpoch(), measured, recent.pace());
        try {
            listeners.forEach(listener -> listener.epochEnded(this, report));
            losses = losses.afterTelling();
        } catch (InterruptedWorkException leaving) {
            stop.taken(); // all are told when training goes on
        }
        return true;
    }

    private void trainOn(BatchSource.Batches batches, RecentBatches.Start start, List<Listener> listeners) {
        double rate = engine.rate(position);
        boolean steps = position.accumulated() + 1 >= plan.accumulate();
        StepEngine.Trained batch = trainOnNext(batches, steps);
        RecentBatches.Timed timed = start.until(RecentBatches.Start.now(batches), batch.pictures());
        recent.add(timed);
        LossSums step = losses.step().plus(batch.losses());
        Position after = position.afterBatch(batch.pictures(), plan.accumulate(), batch.endsEpoch(), timed.seconds());
        long pictures = position.openPictures() + batch.pictures();
        position = after.leavingOut(batch.leftOut());
        losses = losses.afterBatch(batch.losses(), steps, batch.endsEpoch());
        if (steps) {
            engine.stepped(position, pictures, batch.leftOut());
        }
        betweenBatches = true;
        tell(listeners, step, batch, rate);
    }

    private void tell(List<Listener> listeners, LossSums step, StepEngine.Trained batch, double rate) {
        Pace pace = recent.pace().orElseThrow();
        if (position.accumulated() > 0) {
            int left = plan.accumulate() - position.accumulated();
            OpenStep open = OpenStep.of(position, step, left, batch.pictures(), pace);
            tell(listeners, listener -> listener.accumulated(this, open));
        } else if (batch.leftOut().isEmpty()) {
            StepReport report = StepReport.of(position, step, rate, pace);
            tell(listeners, listener -> listener.stepped(this, report));
        } else {
            SkippedStep skipped = new SkippedStep(position, batch.leftOut());
            tell(listeners, listener -> listener.skipped(this, skipped));
        }
    }

    private StepEngine.Trained trainOnNext(BatchSource.Batches batches, boolean steps) {
        try (Scope scope = Scope.open()) {
            Batch batch = batches.next();
            betweenBatches = false;
            return engine.learn(batch, position, steps);
        }
    }

    /** Asks the loop to end after the batch at hand, a held-out one too; from any thread. */
    public void stop() {
        stop.ask();
    }

    /** Tells all listeners of what one of them has noticed. */
    public void tell(Concern concern) {
        listening.forEach(listener -> listener.concerned(this, concern));
    }

    /** Tells all listeners what somebody should know. */
    public void note(String sentence) {
        listening.forEach(listener -> listener.noted(this, sentence));
    }

    /** Whether the loop was asked to end, also by an interruption of the thread that asks here. */
    public boolean stopping() {
        return stop.stands();
    }

    /** Tells {@code other} from now on what is being done. */
    public void clock(Stage.Clock other) {
        clock = other;
        engine.clock(other);
    }

    public Objective objective() {
        return objective;
    }

    public TrainingPlan plan() {
        return plan;
    }

    Exchange exchange() {
        return engine.exchange();
    }

    public Optional<Ema> ema() {
        return ema;
    }

    public Position position() {
        return position;
    }

    /** Whether all processes that train this stand at the same place: only then can it be saved. */
    public boolean together() {
        return engine.together();
    }

    /** What the losses of the open step and epoch have added up to. */
    public LossState losses() {
        return losses;
    }

    /** Goes on from a saved position; the tensors (weights, optimizers, gradients) are filled by the caller. */
    public void resumeAt(Position saved, LossState savedLosses) {
        position = saved;
        losses = savedLosses;
        engine.resumeAt(saved);
    }

    /** What the optimizers remember, live, by {@code PHASE/exp_avg.NAME}. */
    public Map<String, Tensor> optimizerState() {
        return engine.optimizerState();
    }

    @Override
    public void close() {
        engine.close();
    }
}
