package io.inkstone.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.layers.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An epoch that was trained is told of, whatever comes between: in this sitting or when training goes on. */
class EpochEndTest {
    private static final int EPOCHS = 2;

    private final List<String> events = new ArrayList<>();
    private final List<EpochReport> reports = new ArrayList<>();

    private Listener listener() {
        return new Listener() {
            @Override
            public void epochTrained(Trainer trainer, MeanLosses losses) {
                events.add("trained " + trainer.position().epoch());
            }

            @Override
            public void epochEnded(Trainer trainer, EpochReport report) {
                events.add("ended " + report.position().epoch());
                reports.add(report);
            }

            @Override
            public void interrupted(Trainer trainer) {
                events.add("interrupted");
            }

            @Override
            public void finished(Trainer trainer) {
                events.add("finished");
            }
        };
    }

    private static Trainer trainer(Sequence network) {
        return new Trainer(Toy.objective(network), Toy.plan(EPOCHS, 1), Optional.empty());
    }

    private static Optional<Validation> heldOut(Runnable beforeEach) {
        return Optional.of(new Validation(Toy.watched(Toy.source(1, 3), beforeEach)));
    }

    /** What a checkpoint brings back; the weights stay in the network. */
    private void goOn(Sequence network, Trainer earlier) {
        try (Trainer trainer = trainer(network)) {
            trainer.resumeAt(earlier.position(), earlier.losses());
            trainer.run(Toy.source(EPOCHS, 5), heldOut(() -> {}), List.of(listener()));
        }
    }

    @Test
    void theHeldOutPassStopsAfterTheBatchAtHandAndIsDoneAgain() {
        int[] measured = {0};
        try (Sequence network = Toy.network(1);
                Trainer trainer = trainer(network)) {
            Optional<Validation> heldOut = heldOut(() -> {
                if (++measured[0] == 3 + 2) { // in the second epoch's pass
                    trainer.stop();
                }
            });
            trainer.run(Toy.source(EPOCHS, 5), heldOut, List.of(listener()));
            assertThat(measured[0]).isEqualTo(5);
            assertThat(events).containsExactly("trained 1", "ended 1", "trained 2", "interrupted");
            goOn(network, trainer);
        }
        assertThat(events.subList(4, events.size())).containsExactly("trained 2", "ended 2", "finished");
        List<EpochReport> stopped = List.copyOf(reports);
        reports.clear();
        try (Sequence network = Toy.network(1);
                Trainer trainer = trainer(network)) {
            trainer.run(Toy.source(EPOCHS, 5), heldOut(() -> {}), List.of(listener()));
        }
        assertThat(stopped).extracting(EpochReport::words).isEqualTo(words(reports));
        assertThat(stopped.get(1).pace()).isEmpty(); // of batches that this sitting did not see
    }

    private static List<String> words(List<EpochReport> reports) {
        return reports.stream().map(EpochReport::words).toList();
    }

    @Test
    void anEpochThatAFailingListenerCutShortIsToldWhenTrainingGoesOn() {
        Listener failing = new Listener() {
            @Override
            public void stepped(Trainer trainer, StepReport report) {
                if (report.position().step() == 10) {
                    throw new InputException("no room");
                }
            }
        };
        try (Sequence network = Toy.network(1);
                Trainer trainer = trainer(network)) {
            assertThatThrownBy(
                            () -> trainer.run(Toy.source(EPOCHS, 5), heldOut(() -> {}), List.of(failing, listener())))
                    .hasMessage("no room");
            assertThat(trainer.position().epoch()).isEqualTo(EPOCHS);
            goOn(network, trainer);
        }
        assertThat(events).containsExactly("trained 1", "ended 1", "interrupted", "trained 2", "ended 2", "finished");
    }
}
