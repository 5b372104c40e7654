package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.run.SharedTraining.Outcome;
import io.inkstone.train.Exchange;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However many processes share the batches, it is one training: of every family, with smaller batches and with accumulation. */
class SameTrainingTest {
    private static final List<Integer> RANKS = List.of(2, 4);

    @TempDir
    static Path folder;

    /** Of each number of processes those of each process, by training: standing, moving, moving again. */
    private static final Map<Integer, List<Map<String, ArrayList<Outcome>>>> OUTCOMES = new HashMap<>();

    static Stream<SharedTraining> trainings() {
        return SharedTraining.all().stream();
    }

    static Stream<SharedTraining> trainedInFull() {
        return trainings().filter(training -> training.times(2) > 0);
    }

    @BeforeAll
    static void train() throws Exception {
        for (int ranks : RANKS) {
            RankProcesses.start(ranks, folder, OneOfSome.class, folder).join();
            List<Map<String, ArrayList<Outcome>>> all = new ArrayList<>();
            for (int rank = 0; rank < ranks; rank++) {
                all.add(read(folder.resolve(rank + "-of-" + ranks)));
            }
            OUTCOMES.put(ranks, all);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ArrayList<Outcome>> read(Path file) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(file))) {
            return (Map<String, ArrayList<Outcome>>) in.readObject();
        }
    }

    private static List<Outcome> outcomes(SharedTraining training, int ranks, int time) {
        return OUTCOMES.get(ranks).stream()
                .map(of -> of.get(training.name()).get(time))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("trainings")
    void gradientsAreThoseOfOneProcess(SharedTraining training) {
        Outcome one = training.standing(Exchange.ALONE, Optional.empty());
        assertThat(one.gradients()).hasSizeGreaterThanOrEqualTo(10);
        for (int ranks : RANKS) {
            for (Outcome outcome : outcomes(training, ranks, 0)) {
                List<Double> apart = Closeness.ofPasses(outcome.gradients(), one.gradients());
                assertThat(apart).as("%d processes", ranks).allMatch(pass -> pass < 1e-4);
                if (!training.isGame()) {
                    assertThat(ofWholeBatches(apart)).as("%d processes", ranks).allMatch(pass -> pass < 1e-5);
                }
            }
        }
    }

    /**
     * Of ten batches of which each two make a step: without those that the batches of three pictures, the fifth and the
     * tenth, are in. A norm over three rows divides by deviations that may be near nothing.
     */
    private static List<Double> ofWholeBatches(List<Double> passes) {
        assertThat(passes).hasSize(10);
        List<Double> whole = new ArrayList<>(passes.subList(0, 4));
        whole.addAll(passes.subList(6, 9));
        return whole;
    }

    /** To a thousandth; of a game to some hundredths, since its rounding grows from step to step. */
    @ParameterizedTest
    @MethodSource("trainedInFull")
    void lossesAreThoseOfOneProcess(SharedTraining training) {
        List<Double> expected =
                training.moving(Exchange.ALONE, Optional.empty()).losses();
        assertThat(expected).hasSize(50);
        for (int ranks : RANKS) {
            if (training.times(ranks) > 0) {
                List<Double> losses = outcomes(training, ranks, 1).get(0).losses();
                assertThat(Closeness.of(losses, expected))
                        .as("%d processes", ranks)
                        .isLessThan(training.isGame() ? 5e-2 : 1e-3);
            }
        }
    }

    /** Every process steps by itself, from gradients that are the same bytes in all. */
    @ParameterizedTest
    @MethodSource("trainedInFull")
    void allEndWithTheSameBytesEachTime(SharedTraining training) {
        for (int ranks : RANKS) {
            for (int time = 1; time <= training.times(ranks); time++) {
                Map<String, float[]> first = outcomes(training, ranks, 1).get(0).state();
                for (Outcome outcome : outcomes(training, ranks, time)) {
                    assertThat(outcome.state().keySet()).isEqualTo(first.keySet());
                    first.forEach((name, values) ->
                            assertThat(outcome.state().get(name)).as(name).isEqualTo(values));
                }
            }
        }
    }
}
