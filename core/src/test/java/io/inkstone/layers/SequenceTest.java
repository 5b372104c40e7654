package io.inkstone.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.tensor.LiveObjects;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a row of layers holds while it is passed. */
class SequenceTest {
    private static final int STEPS = 20;

    private final List<Long> live = new ArrayList<>();
    private Scope scope;
    private Tensor x;

    @BeforeEach
    void open() {
        scope = Scope.open();
        x = Tensors.channelsLast(Tensors.normal(new Seed(2).generator(Seed.Purpose.NOISE), 2, 4, 6, 6));
    }

    @AfterEach
    void close() {
        scope.close();
    }

    /** Counts the native objects that live when it is passed. */
    private final class Step extends Unary {
        private final UnaryOperator<Tensor> function;

        Step(UnaryOperator<Tensor> function) {
            this.function = function;
        }

        @Override
        protected Tensor forward(Tensor x) {
            live.add(Scope.liveObjects());
            return function.apply(x);
        }
    }

    private Sequence row(UnaryOperator<Tensor> function) {
        List<Unary> steps = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            steps.add(new Step(function));
        }
        return new Sequence(steps);
    }

    private static Tensor more(Tensor x) {
        return x.add(new Scalar(1));
    }

    /** Without a graph each result is gone when the next is there; with one, the graph needs them. */
    @Test
    void holdsOneResultAtATime() {
        Sequence row = row(SequenceTest::more);
        LiveObjects.held();
        Layer.evaluating(() -> row.apply(x));
        assertThat(live).hasSize(STEPS);
        assertThat(live.get(STEPS - 1)).isLessThanOrEqualTo(live.get(1));
        live.clear();
        row.apply(x);
        assertThat(live.get(STEPS - 1)).isGreaterThan(live.get(1) + STEPS / 2);
    }

    /** Whoever watches may keep what it sees. */
    @Test
    void holdsAllThatSomebodyWatches() {
        Sequence row = row(SequenceTest::more);
        List<Tensor> seen = new ArrayList<>();
        Watch watch = (layer, input, forward) -> {
            seen.add(input);
            Tensor output = forward.get();
            if (layer != row) {
                assertThat(seen).noneMatch(tensor -> tensor.isNull());
            }
            return output;
        };
        Watch.during(watch, () -> Layer.evaluating(() -> row.apply(x)));
        assertThat(seen).hasSize(STEPS + 1);
    }

    /** Layers that hand on what they got, and views of it. */
    @Test
    void neverFreesWhatIsStillNeeded() {
        Sequence same = row(input -> input);
        assertThat(Layer.evaluating(() -> same.apply(x))).isSameAs(x);
        assertThat(x.isNull()).isFalse();
        Sequence views = row(input -> input.permute(0, 1, 3, 2));
        Tensor turned = Layer.evaluating(() -> views.apply(more(x)));
        assertThat(Tensors.toFloats(turned)).isEqualTo(Tensors.toFloats(more(x)));
        Sequence mixed =
                new Sequence(new Step(SequenceTest::more), new Dropout(0.5), new Step(SequenceTest::more), same);
        assertThat(Tensors.toFloats(Layer.evaluating(() -> mixed.apply(x)))).isEqualTo(Tensors.toFloats(more(more(x))));
    }

    /** The bytes of the pass that keeps everything, for rows inside rows and blocks with a skip. */
    @Test
    void computesTheSameBytes() {
        Initializer init = Initializer.seeded(new Seed(1));
        try (Sequence network = new Sequence(
                Conv2d.same(init, 4, 8),
                new Sequence(Activation.gelu(), ResidualConvBlock.skipping(init, 8, 12)),
                new ResidualNormBlock(init, 12, 8, 4, 1e-6),
                ResidualConvBlock.plain(init, 8, 4))) {
            network.training(false);
            float[] kept = Tensors.toFloats(network.apply(x));
            assertThat(Tensors.toFloats(Layer.evaluating(() -> network.apply(x))))
                    .isEqualTo(kept);
        }
    }
}
