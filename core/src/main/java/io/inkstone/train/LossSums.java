package io.inkstone.train;

import io.inkstone.tensor.Tensors;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;

/** Named losses summed over pictures, so that batches of any size weigh what they hold. The total has no name. */
final class LossSums {
    private static final String TOTAL = "";

    private final Map<String, Double> sums = new TreeMap<>();

    /** Adds what one phase costs for {@code size} pictures. */
    void add(String phase, double total, Map<String, Tensor> parts, int size) {
        sums.merge(TOTAL, total * size, Double::sum);
        sums.merge(phase, total * size, Double::sum);
        parts.forEach((name, tensor) -> sums.merge(name, Tensors.toDouble(tensor) * size, Double::sum));
    }

    /** Adds other sums. A name that was not there from the first on has no mean over all pictures: it stays out. */
    void add(LossSums other) {
        if (sums.isEmpty()) {
            sums.putAll(other.sums);
        } else {
            other.sums.forEach((name, more) -> sums.computeIfPresent(name, (same, sum) -> sum + more));
        }
    }

    double total() {
        return sums.get(TOTAL);
    }

    MeanLosses means(long pictures) {
        Map<String, Double> means = new LinkedHashMap<>();
        sums.forEach((name, sum) -> means.put(name, sum / pictures));
        double total = means.remove(TOTAL);
        return new MeanLosses(total, means);
    }

    /** The total under the name "". */
    Map<String, Double> byName() {
        return Collections.unmodifiableMap(sums);
    }

    void resume(Map<String, Double> saved) {
        sums.clear();
        sums.putAll(saved);
    }

    void clear() {
        sums.clear();
    }
}
