package io.inkstone.train.ranks;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Gradients are summed while they are still being formed, and are the same as if they had not. */
@Timeout(120)
class GradientSumsTest {
    /** Each fills a bucket of its own. */
    private static final int VALUES = 70_000;

    @Test
    void beginsBeforeThePassIsOverOnceItKnowsThePass() {
        assertThat(passes(0, 0, 0)).isEqualTo(Collections.nCopies(2, List.of("0: 3 3 3", "2: 3 3 3", "2: 3 3 3")));
    }

    /** The last parameter is given a second part when its sum is under way, in both processes or in one; after that it is waited for. */
    @Test
    void whatComesLateCountsToo() {
        assertThat(passes(0, 3, 0)).isEqualTo(Collections.nCopies(2, List.of("0: 3 3 3", "2: 3 3 6", "0: 3 3 3")));
        assertThat(passes(0, 2, 0))
                .containsExactly(
                        List.of("0: 3 3 3", "2: 3 3 5", "2: 3 3 3"), List.of("0: 3 3 3", "2: 3 3 5", "0: 3 3 3"));
    }

    /** A bucket whose parameters get less than before waits for the end. */
    @Test
    void whatNeverComesIsNotWaitedFor() {
        assertThat(passes(0, -3, 0)).isEqualTo(Collections.nCopies(2, List.of("0: 3 3 3", "0: 3 3 -", "2: 3 3 3")));
    }

    /**
     * What each of two processes saw of each pass: sums begun early, then the gradients.
     *
     * @param lates of each pass, the ranks (1, 2 or 3 for both) that give the last parameter a second part; below 0 none at all
     */
    private static List<List<String>> passes(int... lates) {
        return RankThreads.run(2, exchange -> {
            Map<String, Tensor> parameters = new LinkedHashMap<>();
            List<String> seen = new ArrayList<>();
            try (Scope scope = Scope.open()) {
                for (int i = 0; i < 3; i++) {
                    parameters.put("p" + i, Tensors.zeros(VALUES).requires_grad_(true));
                }
                try (GradientSums sums = (GradientSums) exchange.joining(parameters)) {
                    for (int late : lates) {
                        parameters.values().forEach(one -> one.mutable_grad().reset());
                        sums.during(() -> backward(
                                List.copyOf(parameters.values()),
                                exchange.place().rank() + 1,
                                late));
                        seen.add(sums.begunBeforeItsEnd() + ": " + gradients(parameters));
                    }
                }
            }
            return seen;
        });
    }

    private static void backward(List<Tensor> parameters, int rank, int late) {
        for (int place = 2; place >= 0; place--) {
            if (place < 2 || late >= 0) {
                add(parameters.get(place), rank);
            }
        }
        if (late > 0 && (late & rank) != 0) {
            add(parameters.get(2), rank);
        }
        if (late > 0) {
            add(parameters.get(0), 0); // so that it is not the last that is told of
        }
    }

    private static void add(Tensor parameter, double gradient) {
        parameter.mul(new Scalar(gradient)).sum().backward();
    }

    private static String gradients(Map<String, Tensor> parameters) {
        List<String> words = new ArrayList<>();
        parameters
                .values()
                .forEach(one -> words.add(
                        one.grad().defined()
                                ? String.valueOf(Math.round(one.grad().mean().item_double()))
                                : "-"));
        return String.join(" ", words);
    }
}
