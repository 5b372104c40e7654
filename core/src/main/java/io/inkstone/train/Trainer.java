package io.inkstone.train;

import io.inkstone.Words;
import io.inkstone.layers.Dropout;
import io.inkstone.layers.Layer;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * The loop: batches in, losses and steps, listeners told. Its state (network, average, optimizers, position) is open to
 * those who save it; everything random is a function of the plan's seed and the position.
 */
public final class Trainer implements AutoCloseable {
    private final Objective objective;
    private final TrainingPlan plan;
    private final Optional<Ema> ema;
    private final Map<Phase, Adam> optimizers = new LinkedHashMap<>();
    private final RecentBatches recent = new RecentBatches();
    private Position position = Position.START;
    private LossState losses = LossState.START;
    private volatile boolean stopRequested;
    private boolean betweenBatches = true;
    private Stage.Clock clock = Stage.Clock.NONE;

    /** @param ema follows the network after each step; owned by the caller */
    public Trainer(Objective objective, TrainingPlan plan, Optional<Ema> ema) {
        this.objective = objective;
        this.plan = plan;
        this.ema = ema;
        for (Phase phase : objective.phases()) {
            optimizers.put(phase, new Adam(phase.trained().parameters(), plan.optimizer()));
        }
    }

    /** {@link #run(BatchSource, Optional, List)} without held-out pictures. */
    public void run(BatchSource source, List<Listener> listeners) {
        run(source, Optional.empty(), listeners);
    }

    /**
     * Trains from the current position to the end of the plan, or until {@link #stop}. What fails between two batches (a
     * picture that cannot be read, a listener) interrupts training before it is thrown, so that what was learned is saved.
     *
     * @param heldOut asked after every epoch, where the objective's losses on such pictures mean anything
     */
    public void run(BatchSource source, Optional<Validation> heldOut, List<Listener> listeners) {
        listeners.forEach(listener -> listener.started(this));
        objective.network().training(true);
        boolean done;
        try (BatchSource.Batches batches = source.open(position.epoch(), position.inEpoch())) {
            done = train(batches, heldOut, listeners);
        } catch (RuntimeException failure) {
            if (betweenBatches && position.batches() > 0) {
                listeners.forEach(listener -> interrupted(listener, failure));
            }
            throw failure;
        }
        listeners.forEach(done ? listener -> listener.finished(this) : listener -> listener.interrupted(this));
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
            goesOn = batches.hasNext() && !stopRequested;
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
        listeners.forEach(listener -> listener.epochTrained(this, losses.lastEpoch()));
        Optional<Validation> asked = heldOut.filter(pictures -> objective.validates());
        Optional<MeanLosses> measured = asked.flatMap(pictures -> pictures.losses(this, () -> stopRequested));
        if (asked.isPresent() && measured.isEmpty()) {
            return false;
        }
        EpochReport report = new EpochReport(position, losses.lastEpoch(), measured, recent.pace());
        listeners.forEach(listener -> listener.epochEnded(this, report));
        losses = losses.afterTelling();
        return true;
    }

    /** What a batch came to. */
    private record Trained(LossSums losses, boolean endsEpoch) {}

    private void trainOn(BatchSource.Batches batches, RecentBatches.Start start, List<Listener> listeners) {
        double rate = rate();
        boolean steps = position.accumulated() + 1 >= plan.accumulate();
        Trained batch = trainOnNext(batches, rate, steps);
        int size = (int) batch.losses().pictures();
        RecentBatches.Timed timed = start.until(RecentBatches.Start.now(batches), size);
        recent.add(timed);
        LossSums step = losses.step().plus(batch.losses());
        position = position.afterBatch(size, plan.accumulate(), batch.endsEpoch(), timed.seconds());
        losses = losses.afterBatch(batch.losses(), steps, batch.endsEpoch());
        if (steps) {
            clock.begins(Stage.AVERAGE);
            ema.ifPresent(average -> average.update(step.pictures(), position.pictures()));
            clock.begins(Stage.OTHER);
        }
        betweenBatches = true;
        Pace pace = recent.pace().orElseThrow();
        if (steps) {
            StepReport report = StepReport.of(position, step, rate, pace);
            listeners.forEach(listener -> listener.stepped(this, report));
        } else {
            OpenStep open = OpenStep.of(position, step, plan.accumulate() - position.accumulated(), size, pace);
            listeners.forEach(listener -> listener.accumulated(this, open));
        }
    }

    /** Every phase learns from the next batch; the optimizers step, at {@code rate}, or the gradients stay. */
    private Trained trainOnNext(BatchSource.Batches batches, double rate, boolean steps) {
        try (Scope scope = Scope.open()) {
            Batch batch = batches.next();
            betweenBatches = false;
            Draws draws = new Draws(plan.seed(), position.batches(), plan.device());
            LossSums sums = LossSums.of(batch.size());
            for (Phase phase : optimizers.keySet()) {
                sums = backward(phase, batch, draws, sums);
                if (steps) {
                    clock.begins(Stage.OPTIMIZER);
                    Adam optimizer = optimizers.get(phase);
                    optimizer.step(rate);
                    optimizer.clearGradients();
                }
            }
            return new Trained(sums, batch.endsEpoch());
        }
    }

    /** @return {@code before} and the losses of {@code phase} */
    private LossSums backward(Phase phase, Batch batch, Draws draws, LossSums before) {
        clock.begins(Stage.FORWARD);
        freezeAllBut(phase);
        try (Scope scope = Scope.open();
                Losses losses = Dropout.drawing(draws.dropouts(), () -> plan.precision()
                        .compute(plan.device(), () -> phase.losses(batch, draws)))) {
            double total = Tensors.toDouble(losses.total());
            if (!Double.isFinite(total)) {
                throw new DivergenceException(Words.of(
                        "The loss became %s at step %d (epoch %d). What was saved before is intact. Start a new run, from it if there is a checkpoint (--from RUN), with a lower optimizer.rate (now %s), optimizer.clip above 0, or train.precision float32.",
                        total, position.step() + 1, position.epoch(), rate()));
            }
            LossSums sums = before.with(phase.name(), total, losses.parts());
            clock.begins(Stage.BACKWARD);
            losses.backward(1.0 / plan.accumulate());
            return sums;
        }
    }

    private void freezeAllBut(Phase phase) {
        if (optimizers.size() > 1) {
            objective.network().trainable(false);
            phase.trained().trainable(true);
        }
    }

    private double rate() {
        return plan.optimizer().schedule().rate(plan.optimizer().rate(), position.epoch(), plan.epochs());
    }

    /** Asks the loop to end after the batch at hand, a held-out one too; from any thread. */
    public void stop() {
        stopRequested = true;
    }

    /** Tells {@code other} from now on what is being done. */
    public void clock(Stage.Clock other) {
        clock = other;
    }

    public Objective objective() {
        return objective;
    }

    public TrainingPlan plan() {
        return plan;
    }

    public Optional<Ema> ema() {
        return ema;
    }

    public Position position() {
        return position;
    }

    /** What the losses of the open step and epoch have added up to. */
    public LossState losses() {
        return losses;
    }

    /** Goes on from a saved position; the tensors (weights, optimizers, gradients) are filled by the caller. */
    public void resumeAt(Position saved, LossState savedLosses) {
        position = saved;
        losses = savedLosses;
        optimizers.values().forEach(optimizer -> optimizer.resumeAt(saved.step()));
    }

    /** What the optimizers remember, live, by {@code PHASE/exp_avg.NAME}. */
    public Map<String, Tensor> optimizerState() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        optimizers.forEach((phase, optimizer) ->
                optimizer.state().forEach((name, tensor) -> state.put(phase.name() + "/" + name, tensor)));
        return state;
    }

    /** The part of the network that previews and samples come from: the average where there is one. */
    public Layer bestNetwork() {
        return ema.map(Ema::network).orElse(objective.network());
    }

    @Override
    public void close() {
        optimizers.values().forEach(Adam::close);
    }
}
