package io.inkstone.train;

import io.inkstone.Words;
import io.inkstone.layers.Dropout;
import io.inkstone.tensor.AdaptedThreads;
import io.inkstone.tensor.Neighbours;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Share;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What a trainer asks for a step: form gradients, join them with those of others, clip, step, average. It owns the
 * optimizers; where training stands is the trainer's business.
 */
final class StepEngine implements AutoCloseable {
    private final Objective objective;
    private final TrainingPlan plan;
    private final Optional<Ema> ema;
    private final Exchange exchange;
    private final Map<Phase, Adam> optimizers = new LinkedHashMap<>();
    private final Map<Phase, Exchange.Joining> joinings = new LinkedHashMap<>();
    private Stage.Clock clock = Stage.Clock.NONE;
    private boolean together = true;
    private long picturesApart;

    /** @param ema follows the network after each step; owned by the caller */
    StepEngine(Objective objective, TrainingPlan plan, Optional<Ema> ema, Exchange exchange) {
        this.objective = objective;
        this.plan = plan;
        this.ema = ema;
        this.exchange = exchange;
        for (Phase phase : objective.phases()) {
            Map<String, Tensor> parameters = phase.trained().parameters();
            optimizers.put(phase, new Adam(parameters, plan.optimizer()));
            joinings.put(phase, exchange.joining(parameters));
        }
    }

    /**
     * What a batch came to.
     *
     * @param losses over its pictures; of none where one was no number
     * @param pictures of it
     * @param endsEpoch whether it is the last one of its epoch
     * @param leftOut phases that left their step out
     */
    record Trained(LossSums losses, int pictures, boolean endsEpoch, List<String> leftOut) {}

    /**
     * Every phase learns from {@code batch}, the next one at {@code at}; the optimizers step, or the gradients stay. The
     * tensors end with the scope that is open.
     */
    Trained learn(Batch batch, Position at, boolean steps) {
        Draws draws = new Draws(plan.seed(), at.batches(), plan.device(), batch.share());
        LossSums sums = LossSums.of(batch.share().whole());
        List<String> leftOut = new ArrayList<>();
        for (Phase phase : optimizers.keySet()) {
            KeptBuffers before = KeptBuffers.of(objective.network(), plan.onDivergence());
            Optional<MeanLosses> means = gather(phase, batch, draws, at);
            boolean stepped = !steps || step(phase, at);
            if (!stepped) {
                leftOut.add(phase.name());
            }
            if (means.isEmpty() || !stepped) {
                before.putBack();
            }
            sums = means.map(sums::with).orElse(LossSums.NONE);
        }
        return new Trained(sums, batch.share().whole(), batch.endsEpoch(), leftOut);
    }

    /** @return whether there was a step */
    private boolean step(Phase phase, Position at) {
        clock.begins(Stage.OPTIMIZER);
        Adam optimizer = optimizers.get(phase);
        boolean stepped = optimizer.step(rate(at), plan.onDivergence());
        optimizer.clearGradients();
        return stepped;
    }

    /** @return the losses of {@code phase}; empty where they are no numbers, and then its gradients are none either */
    private Optional<MeanLosses> gather(Phase phase, Batch batch, Draws draws, Position at) {
        clock.begins(Stage.FORWARD);
        freezeAllBut(phase);
        return exchange.passing(batch.share(), () -> pass(phase, batch, draws, at));
    }

    private Optional<MeanLosses> pass(Phase phase, Batch batch, Draws draws, Position at) {
        Share share = batch.share();
        AdaptedThreads.fit();
        if (plan.device().spinsInBackward(plan.precision())) {
            Neighbours.besideSpinningKernels();
        }
        try (Scope scope = Scope.open();
                Losses losses = Dropout.drawing(draws.dropouts(), share, () -> plan.precision()
                        .compute(plan.device(), () -> phase.losses(batch, draws)))) {
            MeanLosses means = losses.means(phase.name(), share.weight(), exchange);
            if (!Double.isFinite(means.total())) {
                giveUp(phase, means.total(), at);
                return Optional.empty();
            }
            clock.begins(Stage.BACKWARD);
            joinings.get(phase).during(() -> losses.backward(exchange.weight(share) / plan.accumulate()));
            return Optional.of(means);
        }
    }

    /** The step that these gradients belong to is left out when its time comes, in a later sitting too. */
    private void giveUp(Phase phase, double loss, Position at) {
        if (plan.onDivergence() == OnDivergence.STOP) {
            throw diverged(loss, at);
        }
        phase.trained().parameters().values().forEach(parameter -> parameter
                .mutable_grad()
                .put(Tensors.scale(torch.ones_like(parameter), Double.NaN)));
    }

    private DivergenceException diverged(double total, Position at) {
        return new DivergenceException(Words.of(
                "The loss became %s at step %d (epoch %d). What was saved before is intact. Start a new run, from it if there is a checkpoint, with a lower optimizer.rate (now %s), optimizer.clip above 0, train.precision float32, or train.onDivergence skip.",
                total, at.step() + 1, at.epoch(), rate(at)));
    }

    private void freezeAllBut(Phase phase) {
        if (optimizers.size() > 1) {
            objective.network().trainable(false);
            phase.trained().trainable(true);
        }
    }

    /**
     * After a step over {@code pictures}, the last of those so far. The average follows what all processes have: where they
     * step each by itself, only when they meet.
     *
     * @param leftOut phases that left it out
     */
    void stepped(Position after, long pictures, List<String> leftOut) {
        clock.begins(Stage.AVERAGE);
        together = exchange.together(after, this::learned);
        boolean moved = !leftOut.containsAll(
                optimizers.keySet().stream().map(Phase::name).toList());
        picturesApart += moved ? pictures : 0;
        if (together && picturesApart > 0) {
            long met = picturesApart;
            ema.ifPresent(average -> average.update(met, after.pictures()));
            picturesApart = 0;
        }
        clock.begins(Stage.OTHER);
    }

    private List<Tensor> learned() {
        List<Tensor> all = new ArrayList<>(objective.network().state().values());
        all.addAll(optimizerState().values());
        return all;
    }

    Exchange exchange() {
        return exchange;
    }

    /** Whether all processes stand at the same place. */
    boolean together() {
        return together;
    }

    /** Learning rate of the step after {@code at}. */
    double rate(Position at) {
        return plan.optimizer().rateAt(at, plan.epochs());
    }

    void clock(Stage.Clock other) {
        clock = other;
    }

    void resumeAt(Position saved) {
        optimizers.forEach((phase, optimizer) -> optimizer.resumeAt(saved.stepsOf(phase.name())));
    }

    Map<String, Tensor> optimizerState() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        optimizers.forEach((phase, optimizer) ->
                optimizer.state().forEach((name, tensor) -> state.put(phase.name() + "/" + name, tensor)));
        return state;
    }

    @Override
    public void close() {
        joinings.values().forEach(Exchange.Joining::close);
        optimizers.values().forEach(Adam::close);
    }
}
