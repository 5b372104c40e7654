package io.inkstone.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.InterruptedWorkException;
import io.inkstone.layers.Sequence;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training that ends before its recipe does: asked to, by a failure, or because the loss is no number. */
class TrainerStopTest {
    @Test
    void stopsAfterTheBatchAtHand() {
        List<Double> losses = new ArrayList<>();
        try (Sequence network = Toy.network(1);
                Trainer trainer = new Trainer(Toy.objective(network), Toy.plan(4, 1), Optional.empty())) {
            List<String> interrupted = new ArrayList<>();
            trainer.run(Toy.source(4, 5), List.of(Toy.collecting(losses), new Listener() {
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

    /** Whoever embeds training may interrupt its thread: that is a stop, files can be written, and the mark is there again. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInterruptedThreadStops(boolean whileDrawing) {
        List<String> told = new ArrayList<>();
        Listener drawing = new Listener() {
            @Override
            public void stepped(Trainer running, StepReport report) {
                if (report.position().step() == 7) {
                    Thread.currentThread().interrupt();
                    if (whileDrawing) {
                        InterruptedWorkException.check();
                    }
                }
            }
        };
        Listener after = new Listener() {
            @Override
            public void stepped(Trainer running, StepReport report) {
                told.add("step " + report.position().step());
            }

            @Override
            public void interrupted(Trainer running) {
                told.add("saved " + !Thread.currentThread().isInterrupted());
            }
        };
        try (Sequence network = Toy.network(1);
                Trainer trainer = new Trainer(Toy.objective(network), Toy.plan(4, 1), Optional.empty())) {
            trainer.run(Toy.source(4, 5), List.of(drawing, after));
            assertThat(trainer.position().step()).isEqualTo(7);
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(told).endsWith("step 7", "saved true").hasSize(8);
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
        AtomicInteger taken = new AtomicInteger();
        return Toy.watched(source, () -> {
            if (taken.incrementAndGet() > after) {
                throw new InputException("batch " + taken);
            }
        });
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
}
