package io.inkstone.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.layers.Sequence;
import io.inkstone.tensor.LiveObjects;
import io.inkstone.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trainer learns, counts its batches and its time, and leaves nothing behind. */
class TrainerTest {
    @Test
    void learns() {
        List<Double> losses = new ArrayList<>();
        try (Sequence network = Toy.network(1);
                Trainer trainer = new Trainer(Toy.objective(network), Toy.plan(10, 1), Optional.empty())) {
            trainer.run(Toy.source(10, 20), List.of(Toy.collecting(losses)));
        }
        assertThat(losses).hasSize(200);
        assertThat(Toy.mean(losses.subList(180, 200))).isLessThan(0.5 * Toy.mean(losses.subList(0, 20)));
    }

    @Test
    void accumulationCountsAcrossEpochs() {
        List<Double> losses = new ArrayList<>();
        try (Sequence network = Toy.network(1);
                Trainer trainer = new Trainer(Toy.objective(network), Toy.plan(4, 3), Optional.empty())) {
            trainer.run(Toy.source(4, 5), List.of(Toy.collecting(losses)));
            assertThat(losses).hasSize(6); // 20 batches, 3 a step
            assertThat(trainer.position().accumulated()).isEqualTo(2);
            assertThat(trainer.position().openPictures()).isEqualTo(16);
        }
    }

    /** A source may block before it says that there is a batch or while it hands it over: both belong to the step. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void waitingForTheSourceIsSeen(boolean beforehand) {
        List<StepReport> steps = new ArrayList<>();
        SlowSource source = new SlowSource(Toy.source(1, 4), beforehand);
        try (Sequence network = Toy.network(1);
                Trainer trainer = new Trainer(Toy.objective(network), Toy.plan(1, 1), Optional.empty())) {
            trainer.run(source, List.of(new Listener() {
                @Override
                public void stepped(Trainer running, StepReport report) {
                    steps.add(report);
                }
            }));
        }
        StepReport last = steps.get(3);
        double seconds = last.position().seconds();
        assertThat(seconds).isGreaterThanOrEqualTo(4 * SlowSource.SECONDS);
        assertThat(last.pace().picturesPerSecond()).isCloseTo(last.position().pictures() / seconds, within(1e-6));
        assertThat(last.pace().waitedFraction() * seconds).isCloseTo(source.waitedForBatches(), within(1e-9));
    }

    @Test
    void aThousandStepsLeaveNothingBehind() {
        long[] live = new long[2];
        try (Sequence network = Toy.network(1);
                Sequence copy = Toy.network(1);
                Trainer trainer =
                        new Trainer(Toy.objective(network), Toy.plan(1, 1), Optional.of(new Ema(network, copy, 50)))) {
            trainer.run(Toy.source(1, 1000), List.of(new Listener() {
                @Override
                public void stepped(Trainer running, StepReport report) {
                    if (report.position().step() == 10) {
                        live[0] = LiveObjects.held();
                    }
                    live[1] = Scope.liveObjects();
                }
            }));
        }
        assertThat(live[1]).isEqualTo(live[0]);
    }
}
