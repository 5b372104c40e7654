package io.inkstone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {
    @Test
    void shortStepsAreMeasuredThriceAndSlowOnesTwice() {
        assertThat(least("unet-16", Programs.PUBLISHED, 4_900)).isEqualTo(3);
        assertThat(least("unet-16", Programs.PUBLISHED, 5_100)).isEqualTo(2);
        assertThat(least("unet-16", Programs.INKSTONE, 21_000)).isEqualTo(1);
        assertThat(least("unet-16", Programs.CEILING, 0)).isEqualTo(3);
    }

    @Test
    void theLargestStepIsMeasuredTwiceWhereItMatters() {
        assertThat(least("autoencoder-512", Programs.INKSTONE, 30_000)).isEqualTo(2);
        assertThat(least("autoencoder-512", Programs.BEST, 30_000)).isEqualTo(2);
        assertThat(least("autoencoder-512", Programs.CEILING, 0)).isEqualTo(2);
        assertThat(least("autoencoder-512", Programs.PUBLISHED, 30_000)).isEqualTo(1);
    }

    @Test
    void fewStepsLieInDifferentRounds() {
        assertThat(shares(1)).containsExactly(0, 1, 0);
        assertThat(shares(2)).containsExactly(1, 0, 1);
        assertThat(shares(3)).containsExactly(1, 1, 1);
        assertThat(shares(24)).containsExactly(8, 8, 8);
    }

    private static List<Integer> shares(int count) {
        return IntStream.range(0, 3)
                .mapToObj(round -> Bench.share(count, round))
                .toList();
    }

    private static int least(String row, String side, double milliseconds) {
        Map<String, Map<String, Cell>> tasks = new LinkedHashMap<>(Map.of("step", new LinkedHashMap<>()));
        Turns turns = new Turns(new Side.Start(side, List.of(), Map.of()), Examples.row(row), tasks);
        turns.took("step", milliseconds);
        return turns.least("step");
    }
}
