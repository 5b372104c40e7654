package io.inkstone.train;

import io.inkstone.tensor.Tensors;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Adds up losses and times until a step is done; only Java numbers, no tensor survives a batch. */
final class StepMeter {
    private static final int WINDOW = 50;

    private final Map<String, Double> sums = new LinkedHashMap<>();
    private final Deque<double[]> recent = new ArrayDeque<>();
    private double total;
    private long pictures;
    private double seconds;
    private double waited;

    void loss(String phase, double value, Map<String, Tensor> parts, int size) {
        total += value * size;
        sums.merge(phase, value * size, Double::sum);
        parts.forEach((name, tensor) -> sums.merge(name, Tensors.toDouble(tensor) * size, Double::sum));
    }

    void batchDone(int size, double elapsed) {
        pictures += size;
        seconds += elapsed;
    }

    void waited(double elapsed) {
        waited += elapsed;
    }

    long picturesOfStep() {
        return pictures;
    }

    /** Ends the step: means of what was added, rates over the last steps. */
    StepReport report(Position position, double rate) {
        recent.add(new double[] {pictures, seconds, waited});
        if (recent.size() > WINDOW) {
            recent.remove();
        }
        Map<String, Double> means = new LinkedHashMap<>();
        sums.forEach((name, sum) -> means.put(name, sum / pictures));
        double time = recent.stream().mapToDouble(step -> step[1]).sum();
        StepReport report = new StepReport(
                position,
                total / pictures,
                means,
                rate,
                recent.stream().mapToDouble(step -> step[0]).sum() / time,
                recent.stream().mapToDouble(step -> step[2]).sum() / time);
        sums.clear();
        total = 0;
        pictures = 0;
        seconds = 0;
        waited = 0;
        return report;
    }
}
