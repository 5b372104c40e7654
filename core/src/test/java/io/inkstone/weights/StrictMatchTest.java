package io.inkstone.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StrictMatchTest {
    private final Map<String, long[]> expected = new LinkedHashMap<>();

    StrictMatchTest() {
        expected.put("conv.weight", new long[] {2, 3});
        expected.put("conv.bias", new long[] {2});
        expected.put("norm.num_batches_tracked", new long[0]);
    }

    @Test
    void countersMayBeAbsent() {
        WeightSet set = WeightSet.of(
                Map.of("conv.bias", NdArray.of(new float[2], 2), "conv.weight", NdArray.of(new float[6], 2, 3)));
        assertThat(StrictMatch.check(expected, set)).containsOnlyKeys("conv.weight", "conv.bias");
    }

    @Test
    void everythingWrongIsSaidAtOnce() {
        WeightSet set = WeightSet.of(
                Map.of("conv.wieght", NdArray.of(new float[6], 2, 3), "conv.bias", NdArray.of(new float[2], 1, 2)));
        assertThatThrownBy(() -> StrictMatch.check(expected, set))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("1 missing: conv.weight (the file has conv.wieght)")
                .hasMessageContaining("1 unexpected: conv.wieght")
                .hasMessageContaining("1 of another shape: conv.bias is [1, 2], expected [2]");
    }
}
