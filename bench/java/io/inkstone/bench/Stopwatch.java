package io.inkstone.bench;

import io.inkstone.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;

/** Times an operator alone, in one turn of several: once to warm up, then a few times. */
final class Stopwatch {
    private static final int LEAST = 3;
    private static final int MOST = 50;
    private static final double ENOUGH_MILLISECONDS = 60;

    private Stopwatch() {}

    /** The median of milliseconds. */
    static double median(Supplier<? extends Pointer> work) {
        once(work);
        List<Double> times = new ArrayList<>();
        double sum = 0;
        while (times.size() < LEAST || times.size() < MOST && sum < ENOUGH_MILLISECONDS) {
            double time = once(work);
            times.add(time);
            sum += time;
        }
        times.sort(null);
        return times.get(times.size() / 2);
    }

    private static double once(Supplier<? extends Pointer> work) {
        try (Scope scope = Scope.open()) {
            long start = System.nanoTime();
            work.get();
            return (System.nanoTime() - start) / 1e6;
        }
    }
}
