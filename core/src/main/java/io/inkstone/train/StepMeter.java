package io.inkstone.train;

import io.inkstone.tensor.Tensors;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;

/** Adds up losses and times until a step is done; only Java numbers, no tensor survives a batch. */
final class StepMeter {
    private static final int WINDOW = 50;
    private static final String TOTAL = "";

    private record Pace(long pictures, double seconds, double waited) {
        Pace plus(Pace other) {
            return new Pace(pictures + other.pictures, seconds + other.seconds, waited + other.waited);
        }
    }

    private final Map<String, Double> sums = new TreeMap<>();
    private final Deque<Pace> recent = new ArrayDeque<>();
    private long began;
    private double waitedBefore;

    void loss(String phase, double value, Map<String, Tensor> parts, int size) {
        sums.merge(TOTAL, value * size, Double::sum);
        sums.merge(phase, value * size, Double::sum);
        parts.forEach((name, tensor) -> sums.merge(name, Tensors.toDouble(tensor) * size, Double::sum));
    }

    /**
     * Time counts from here.
     *
     * @param secondsWaited of the source, so far
     */
    void batchBegins(double secondsWaited) {
        began = System.nanoTime();
        waitedBefore = secondsWaited;
    }

    /** Seconds since the batch began. */
    double batchDone(int size, double secondsWaited) {
        double seconds = (System.nanoTime() - began) / 1e9;
        recent.add(new Pace(size, seconds, secondsWaited - waitedBefore));
        if (recent.size() > WINDOW) {
            recent.remove();
        }
        return seconds;
    }

    Map<String, Double> sums() {
        return Map.copyOf(sums);
    }

    void resume(Map<String, Double> saved) {
        sums.clear();
        sums.putAll(saved);
    }

    /** Ends the step: means over its pictures, pace over the last batches. */
    StepReport report(Position position, long pictures, double rate) {
        Map<String, Double> means = new LinkedHashMap<>();
        sums.forEach((name, sum) -> means.put(name, sum / pictures));
        sums.clear();
        Pace pace = recent.stream().reduce(new Pace(0, 0, 0), Pace::plus);
        return new StepReport(
                position,
                pictures,
                means.remove(TOTAL),
                means,
                rate,
                pace.pictures / pace.seconds,
                pace.waited / pace.seconds);
    }
}
