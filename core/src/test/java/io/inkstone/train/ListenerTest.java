package io.inkstone.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.layers.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What listeners are told: of steps, of the inside of a step, of epochs and their means. */
class ListenerTest {
    @Test
    void tellsListenersOfStepsAndEpochs() {
        List<String> events = new ArrayList<>();
        try (Sequence network = Toy.network(1);
                Trainer trainer = new Trainer(Toy.objective(network), Toy.plan(2, 1), Optional.empty())) {
            trainer.run(Toy.source(2, 2), List.of(new Listener() {
                @Override
                public void started(Trainer running) {
                    events.add("started");
                }

                @Override
                public void stepped(Trainer running, StepReport report) {
                    events.add("step " + report.position().step());
                }

                @Override
                public void epochEnded(Trainer running, EpochReport report) {
                    events.add("epoch " + running.position().epoch());
                }

                @Override
                public void finished(Trainer running) {
                    events.add("finished");
                }
            }));
        }
        assertThat(events)
                .containsExactly("started", "step 1", "step 2", "epoch 1", "step 3", "step 4", "epoch 2", "finished");
    }

    /** Five batches of eight an epoch. */
    @Test
    void epochsHaveTheMeansOfTheirOwnBatches() {
        List<Double> batches = new ArrayList<>();
        List<EpochReport> single = epochs(1, batches);
        assertThat(single).hasSize(2);
        for (int epoch = 0; epoch < 2; epoch++) {
            EpochReport report = single.get(epoch);
            assertThat(report.position().epoch()).isEqualTo(epoch + 1);
            assertThat(report.training().total())
                    .isCloseTo(Toy.mean(batches.subList(5 * epoch, 5 * epoch + 5)), within(1e-9));
            assertThat(report.training().byName())
                    .isEqualTo(Map.of("loss", report.training().total()));
            assertThat(report.heldOut()).hasValueSatisfying(held -> assertThat(held.total())
                    .isPositive()
                    .isNotEqualTo(report.training().total()));
        }
        // An epoch without a step of its own has a mean as well.
        EpochReport open = epochs(6, new ArrayList<>()).get(0);
        assertThat(open.position().step()).isZero();
        assertThat(open.training().total()).isPositive();
    }

    /** @param steps takes the loss of every step */
    private static List<EpochReport> epochs(int accumulate, List<Double> steps) {
        List<EpochReport> reports = new ArrayList<>();
        try (Sequence network = Toy.network(1);
                Trainer trainer = new Trainer(Toy.objective(network), Toy.plan(2, accumulate), Optional.empty())) {
            Optional<Validation> heldOut = Optional.of(new Validation(Toy.source(1, 3)));
            trainer.run(Toy.source(2, 5), heldOut, List.of(Toy.collecting(steps), new Listener() {
                @Override
                public void epochEnded(Trainer running, EpochReport report) {
                    reports.add(report);
                }
            }));
        }
        return reports;
    }

    @Test
    void tellsOfTheInsideOfAStep() {
        List<OpenStep> told = new ArrayList<>();
        List<StepReport> steps = new ArrayList<>();
        try (Sequence network = Toy.network(1);
                Trainer trainer = new Trainer(Toy.objective(network), Toy.plan(1, 3), Optional.empty())) {
            trainer.run(Toy.source(1, 5), List.of(new Listener() {
                @Override
                public void accumulated(Trainer running, OpenStep report) {
                    told.add(report);
                }

                @Override
                public void stepped(Trainer running, StepReport report) {
                    steps.add(report);
                }
            }));
        }
        assertThat(told).extracting(OpenStep::pictures).containsExactly(8L, 16L, 8L, 16L);
        assertThat(told).extracting(OpenStep::picturesOfStep).containsOnly(24L);
        assertThat(told).extracting(open -> open.position().step()).containsExactly(0L, 0L, 1L, 1L);
        assertThat(told).allSatisfy(open -> assertThat(open.secondsLeft()).isPositive());
        assertThat(told.get(1).lossSum())
                .isGreaterThan(told.get(0).lossSum())
                .isLessThan(steps.get(0).loss() * steps.get(0).pictures());
    }
}
