package io.inkstone.train.ranks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.layers.Dropout;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Share;
import io.inkstone.tensor.SplitMix64;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who shares a batch shares its numbers: every row meets the same ones, whoever holds it. */
class SharedDrawsTest {
    @ParameterizedTest
    @CsvSource({"8, 1", "8, 2", "8, 4", "7, 3", "3, 4", "1, 2"})
    void sharesCoverABatch(int whole, int ranks) {
        double weights = 0;
        int rows = 0;
        for (int rank = 0; rank < ranks; rank++) {
            Share share = Share.of(whole, rank, ranks);
            assertThat(share.count()).isPositive();
            assertThat(share.first() + share.count()).isLessThanOrEqualTo(whole);
            if (share.counts()) {
                assertThat(share.first()).isEqualTo(rows);
                rows += share.count();
            }
            weights += share.weight();
        }
        assertThat(rows).isEqualTo(whole);
        assertThat(weights).isCloseTo(1, within(1e-12));
    }

    /** Rows of 7 values: a row begins inside of the four values that one number decides. */
    @Test
    void dropoutsMeetTheirRows() {
        float[] whole = dropped(Share.all(6));
        for (int rank = 0; rank < 4; rank++) {
            Share share = Share.of(6, rank, 4);
            float[] part = dropped(share);
            for (int pass = 0; pass < 2; pass++) {
                int from = pass * 6 * 7 + share.first() * 7;
                assertThat(Arrays.copyOfRange(part, pass * share.count() * 7, (pass + 1) * share.count() * 7))
                        .isEqualTo(Arrays.copyOfRange(whole, from, from + share.count() * 7));
            }
        }
    }

    /** Two dropouts one after the other: the second goes on after the whole first one. */
    private static float[] dropped(Share share) {
        Dropout dropout = new Dropout(0.4);
        List<float[]> parts = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            Dropout.drawing(new SplitMix64(3), share, () -> {
                for (int pass = 0; pass < 2; pass++) {
                    Tensor ones = Tensors.zeros(share.count(), 7).add(new Scalar(1.0));
                    parts.add(Tensors.toFloats(dropout.apply(ones)));
                }
                return null;
            });
        }
        float[] all = new float[2 * share.count() * 7];
        System.arraycopy(parts.get(0), 0, all, 0, all.length / 2);
        System.arraycopy(parts.get(1), 0, all, all.length / 2, all.length / 2);
        return all;
    }

    @Test
    void readsTorchrunsVariables() {
        Map<String, String> environment = Map.of(
                "RANK", "3", "LOCAL_RANK", "1", "WORLD_SIZE", "4", "MASTER_ADDR", "node7", "MASTER_PORT", "29500");
        RankPlace place = RankPlace.of(environment).orElseThrow();
        assertThat(place).isEqualTo(new RankPlace(3, 1, 4, "node7", 29500));
        assertThat(place.environment()).isEqualTo(environment);
        assertThat(RankPlace.of(Map.of("PATH", "/bin"))).isEqualTo(Optional.empty());
        assertThatThrownBy(() -> RankPlace.of(Map.of("RANK", "0", "WORLD_SIZE", "2")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not LOCAL_RANK, MASTER_ADDR, MASTER_PORT");
    }

    @Test
    void refusesABatchThatCannotBeShared() {
        RankPlace place = new RankPlace(0, 0, 3, "127.0.0.1", 1);
        place.requireDivides(99);
        assertThatThrownBy(() -> place.requireDivides(100))
                .hasMessage("3 processes cannot share a batch of 100 evenly: take 2 or 4 (or another train.batch).");
    }
}
