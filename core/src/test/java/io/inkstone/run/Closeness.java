package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How far numbers that should be the same but for rounding lie apart. */
final class Closeness {
    private Closeness() {}

    /** The largest difference between gradients of a pass, in the largest gradient of that pass; of each pass. */
    static List<Double> ofPasses(
            List<? extends Map<String, float[]>> some, List<? extends Map<String, float[]>> expected) {
        assertThat(some).hasSameSizeAs(expected);
        List<Double> all = new ArrayList<>();
        for (int pass = 0; pass < some.size(); pass++) {
            assertThat(some.get(pass).keySet()).isEqualTo(expected.get(pass).keySet());
            double largest = 0;
            double difference = 0;
            for (Map.Entry<String, float[]> entry : expected.get(pass).entrySet()) {
                float[] values = some.get(pass).get(entry.getKey());
                for (int i = 0; i < values.length; i++) {
                    largest = Math.max(largest, Math.abs(entry.getValue()[i]));
                    difference = Math.max(difference, Math.abs(entry.getValue()[i] - values[i]));
                }
            }
            assertThat(largest).isPositive();
            all.add(difference / largest);
        }
        return all;
    }

    /** The largest relative difference. */
    static double of(List<Double> some, List<Double> expected) {
        assertThat(some).hasSameSizeAs(expected);
        double worst = 0;
        for (int i = 0; i < some.size(); i++) {
            worst = Math.max(worst, Math.abs(some.get(i) / expected.get(i) - 1));
        }
        return worst;
    }
}
