package io.inkstone.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.layers.Layer;
import io.inkstone.layers.Sequence;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ValidationTest {
    private static final int BATCHES = 3;

    private static Objective objective(Sequence network) {
        return Objective.of(
                network,
                (batch, draws) -> Losses.of(Tensors.meanSquaredError(
                        network.apply(batch.pictures()), Tensors.scale(batch.pictures(), 0.5))));
    }

    /** Prepared passes in evaluation mode give the loss of plain ones, over all held-out pictures, and change nothing. */
    @Test
    void saysTheMeanLossInEvaluationMode() {
        List<Double> reported = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        try (Sequence network = Toy.network(1);
                Trainer trainer = new Trainer(objective(network), Toy.plan(2, 1), Optional.empty())) {
            Listener watch = new Listener() {
                @Override
                public void epochEnded(Trainer running, EpochReport report) {
                    reported.add(report.heldOut().orElseThrow().total());
                    plain.add(loss(network));
                }
            };
            trainer.run(Toy.source(2, 20), Optional.of(new Validation(Toy.source(1, BATCHES))), List.of(watch));
        }
        assertThat(reported).hasSize(2);
        for (int epoch = 0; epoch < 2; epoch++) {
            assertThat(reported.get(epoch)).isPositive().isCloseTo(plain.get(epoch), within(1e-6));
        }
        assertThat(plain.get(1)).isNotEqualTo(plain.get(0));
    }

    private static double loss(Sequence network) {
        double sum = 0;
        try (BatchSource.Batches batches = Toy.source(1, BATCHES).open(0, 0)) {
            while (batches.hasNext()) {
                try (Scope scope = Scope.open()) {
                    Batch batch = batches.next();
                    sum += Layer.evaluating(() -> Tensors.toDouble(Tensors.meanSquaredError(
                            network.apply(batch.pictures()), Tensors.scale(batch.pictures(), 0.5))));
                }
            }
        }
        return sum / BATCHES;
    }
}
