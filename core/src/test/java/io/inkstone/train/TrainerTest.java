package io.inkstone.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.layers.Sequence;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
    @Test
    void learns() {
        List<Double> losses = new ArrayList<>();
        try (Sequence network = Toy.network(1);
                Trainer trainer = new Trainer(Toy.objective(network), Toy.plan(10, 1), Optional.empty())) {
            trainer.run(Toy.source(10, 20), List.of(collecting(losses)));
        }
        assertThat(losses).hasSize(200);
        assertThat(mean(losses.subList(180, 200))).isLessThan(0.5 * mean(losses.subList(0, 20)));
    }

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

    @Test
    void accumulationCountsAcrossEpochs() {
        List<Double> losses = new ArrayList<>();
        try (Sequence network = Toy.network(1);
                Trainer trainer = new Trainer(Toy.objective(network), Toy.plan(4, 3), Optional.empty())) {
            trainer.run(Toy.source(4, 5), List.of(collecting(losses)));
            assertThat(losses).hasSize(6); // 20 batches, 3 a step
            assertThat(trainer.position().accumulated()).isEqualTo(2);
            assertThat(trainer.position().openPictures()).isEqualTo(16);
        }
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
                    .isCloseTo(mean(batches.subList(5 * epoch, 5 * epoch + 5)), within(1e-9));
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
            trainer.run(Toy.source(2, 5), heldOut, List.of(collecting(steps), new Listener() {
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

    @Test
    void stopsAfterTheBatchAtHand() {
        List<Double> losses = new ArrayList<>();
        try (Sequence network = Toy.network(1);
                Trainer trainer = new Trainer(Toy.objective(network), Toy.plan(4, 1), Optional.empty())) {
            List<String> interrupted = new ArrayList<>();
            trainer.run(Toy.source(4, 5), List.of(collecting(losses), new Listener() {
                @Override
                public void stepped(Trainer running, StepReport report) {
                    if (report.position().step() == 7) {
                        running.stop();
                    }
                }

                @Override
                public void interrupted(Trainer running) {
                    interrupted.add("at " + running.position().step());
                }
            }));
            assertThat(losses).hasSize(7);
            assertThat(interrupted).containsExactly("at 7");
        }
    }

    /** Between two batches nothing is half done: what was learned can be saved before the failure is thrown. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFailureBetweenBatchesInterruptsFirst(boolean ofTheData) {
        List<String> told = new ArrayList<>();
        Listener listener = new Listener() {
            @Override
            public void stepped(Trainer running, StepReport report) {
                if (!ofTheData && report.position().step() == 7) {
                    throw new InputException("a listener");
                }
            }

            @Override
            public void interrupted(Trainer running) {
                told.add("at " + running.position().batches());
                throw new InputException("nor can this one save");
            }
        };
        BatchSource source = ofTheData ? failing(Toy.source(4, 5), 7) : Toy.source(4, 5);
        try (Sequence network = Toy.network(1);
                Trainer trainer = new Trainer(Toy.objective(network), Toy.plan(4, 1), Optional.empty())) {
            assertThatThrownBy(() -> trainer.run(source, List.of(listener, listener)))
                    .hasMessage(ofTheData ? "batch 8" : "a listener");
        }
        assertThat(told).containsExactly("at 7", "at 7");
    }

    private static BatchSource failing(BatchSource source, int after) {
        return (epoch, inEpoch) -> new BatchSource.Batches() {
            private final BatchSource.Batches batches = source.open(epoch, inEpoch);
            private int taken;

            @Override
            public boolean hasNext() {
                return batches.hasNext();
            }

            @Override
            public Batch next() {
                if (taken++ == after) {
                    throw new InputException("batch " + taken);
                }
                return batches.next();
            }

            @Override
            public double secondsWaited() {
                return 0;
            }

            @Override
            public void close() {
                batches.close();
            }
        };
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
    void stopsWithASentenceWhenTheLossIsNoNumber() {
        try (Sequence network = Toy.network(1)) {
            Objective broken = Objective.of(
                    network,
                    (batch, draws) -> Losses.of(
                            Tensors.scale(network.apply(batch.pictures()).sum(), Double.NaN)));
            try (Trainer trainer = new Trainer(broken, Toy.plan(1, 1), Optional.empty())) {
                Listener saving = new Listener() {
                    @Override
                    public void interrupted(Trainer running) {
                        throw new AssertionError("spoilt weights must not be saved");
                    }
                };
                assertThatThrownBy(() -> trainer.run(Toy.source(1, 5), List.of(saving)))
                        .isInstanceOf(DivergenceException.class)
                        .hasMessageContaining("The loss became NaN at step 1")
                        .hasMessageContaining("What was saved before is intact");
            }
        }
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
                        live[0] = Scope.liveObjects();
                    }
                    live[1] = Scope.liveObjects();
                }
            }));
        }
        assertThat(live[1]).isEqualTo(live[0]);
    }

    private static Listener collecting(List<Double> losses) {
        return new Listener() {
            @Override
            public void stepped(Trainer trainer, StepReport report) {
                losses.add(report.loss());
            }
        };
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
