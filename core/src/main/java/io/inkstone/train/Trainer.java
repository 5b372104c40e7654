package io.inkstone.train;

import io.inkstone.layers.Dropout;
import io.inkstone.layers.Layer;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.LinkedHashMap;
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
    private final Map<Phase, Adam> optimizers = new LinkedHashMap<>();
    private final Meter meter = new Meter();
    private Position position = Position.START;
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
        try (BatchSource.Batches batches = source.open(position.epoch(), position.inEpoch())) {
            while (position.epoch() < plan.epochs() && awaitsNext(batches)) {
                if (stopRequested) {
                    listeners.forEach(listener -> listener.interrupted(this));
                    return;
                }
                int epoch = position.epoch();
                Consumer<Listener> news = trainOn(batches);
                betweenBatches = true;
                listeners.forEach(news);
                if (position.epoch() > epoch) {
                    EpochReport report = meter.report(position, validated(heldOut));
                    listeners.forEach(listener -> listener.epochEnded(this, report));
                }
            }
        } catch (RuntimeException failure) {
            if (betweenBatches && position.batches() > 0) {
                listeners.forEach(listener -> interrupted(listener, failure));
            }
            throw failure;
        }
        if (position.epoch() < plan.epochs()) { // the source was closed under us
            listeners.forEach(listener -> listener.interrupted(this));
        } else {
            listeners.forEach(listener -> listener.finished(this));
        }
    }

    private Optional<MeanLosses> validated(Optional<Validation> heldOut) {
        return heldOut.filter(asked -> objective.validates()).map(asked -> asked.losses(this));
    }

    private void interrupted(Listener listener, RuntimeException failure) {
        try {
            listener.interrupted(this);
        } catch (RuntimeException another) {
            failure.addSuppressed(another);
        }
    }

    /** A source may block here until its next batch is ready: that belongs to the batch. */
    private boolean awaitsNext(BatchSource.Batches batches) {
        clock.begins(Stage.DATA);
        meter.batchBegins(batches.secondsWaited());
        return batches.hasNext();
    }

    /** @return what listeners are told of the batch */
    private Consumer<Listener> trainOn(BatchSource.Batches batches) {
        double rate = rate();
        boolean steps = position.accumulated() + 1 >= plan.accumulate();
        int size;
        boolean endsEpoch;
        try (Scope scope = Scope.open()) {
            Batch batch = batches.next();
            betweenBatches = false;
            size = batch.size();
            endsEpoch = batch.endsEpoch();
            Draws draws = new Draws(plan.seed(), position.batches(), plan.device());
            for (Phase phase : optimizers.keySet()) {
                backward(phase, batch, draws);
                if (steps) {
                    clock.begins(Stage.OPTIMIZER);
                    Adam optimizer = optimizers.get(phase);
                    optimizer.step(rate);
                    optimizer.clearGradients();
                }
            }
        }
        long ofStep = position.openPictures() + size;
        long ofEpoch = position.inEpoch() + size;
        double elapsed = meter.batchDone(size, batches.secondsWaited());
        position = position.afterBatch(size, plan.accumulate(), endsEpoch, elapsed);
        if (endsEpoch) {
            meter.endEpoch(ofEpoch);
        }
        if (!steps) {
            OpenStep open = meter.open(position, plan.accumulate() - position.accumulated(), size);
            return listener -> listener.accumulated(this, open);
        }
        clock.begins(Stage.AVERAGE);
        ema.ifPresent(average -> average.update(ofStep, position.pictures()));
        clock.begins(Stage.OTHER);
        StepReport report = meter.report(position, ofStep, rate);
        return listener -> listener.stepped(this, report);
    }

    private void backward(Phase phase, Batch batch, Draws draws) {
        clock.begins(Stage.FORWARD);
        freezeAllBut(phase);
        try (Scope scope = Scope.open()) {
            Losses losses = Dropout.drawing(
                    draws.dropouts(), () -> plan.precision().compute(plan.device(), () -> phase.losses(batch, draws)));
            double total = Tensors.toDouble(losses.total());
            if (!Double.isFinite(total)) {
                throw new DivergenceException(
                        "The loss became %s at step %d (epoch %d). What was saved before is intact. Start a new run, from it if there is a checkpoint (--from RUN), with a lower optimizer.rate (now %s), optimizer.clip above 0, or train.precision float32."
                                .formatted(total, position.step() + 1, position.epoch(), rate()));
            }
            meter.loss(phase.name(), total, losses.parts(), batch.size());
            clock.begins(Stage.BACKWARD);
            losses.backward(1.0 / plan.accumulate());
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

    /** Asks the loop to end after the batch at hand; from any thread. */
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
        return meter.state();
    }

    /** Goes on from a saved position; the tensors (weights, optimizers, gradients) are filled by the caller. */
    public void resumeAt(Position saved, LossState losses) {
        position = saved;
        meter.resume(losses);
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
