package io.inkstone.run;

import io.inkstone.layers.Layer;
import io.inkstone.layers.Multiplications;
import io.inkstone.layers.Watch;
import io.inkstone.models.Model;
import io.inkstone.recipe.Recipe;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.Set;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What training a recipe will need, known beforehand. Memory is counted from the shapes of a pass without numbers; time
 * is that pass's multiplications over a rate measured here and now. Both are rough: within a factor of two.
 *
 * @param parameters trained values
 * @param bytes of memory at the peak of a step
 * @param secondsPerBatch forward and backward
 */
public record Estimate(long parameters, long bytes, double secondsPerBatch) {
    /** The JVM and libtorch themselves. */
    private static final long BASE = 400L << 20;
    /** Weights, gradients and Adam's two moments, 4 bytes each. */
    private static final int BYTES_PER_PARAMETER = 16;
    /** Backward passes multiply about twice as much as forward ones. */
    private static final double TRAINING = 3;

    /** @param model built from shapes only */
    static Estimate of(Model model, Recipe recipe, Precision precision) {
        int bytes = precision == Precision.BFLOAT16 ? 2 : 4;
        Tally tally = new Tally(model.recomputed(recipe.train().batch(), bytes));
        try (Scope scope = Scope.open()) {
            Watch.during(tally, () -> {
                model.pass(model.inputShape(recipe.train().batch()));
                return null;
            });
        }
        long parameters = model.network().parameterCount();
        long state = parameters * (BYTES_PER_PARAMETER + (recipe.ema().on() ? 4 : 0));
        return new Estimate(
                parameters,
                BASE + state + model.besideBytes() + tally.kept() * bytes,
                (TRAINING + tally.repeated()) * tally.multiplications / rate(precision));
    }

    /** With networks beside it that take so many bytes. */
    Estimate beside(long more) {
        return new Estimate(parameters, bytes + more, secondsPerBatch);
    }

    /** Adds up what layers put out, keep and multiply. */
    private static final class Tally implements Watch {
        private final Set<Layer> recomputed;
        private long outside;
        private long inside;
        private long mostInside;
        private boolean within;
        private double multiplications;

        Tally(Set<Layer> recomputed) {
            this.recomputed = recomputed;
        }

        /** What lives at once: the insides of a block that is computed twice only while its turn lasts. */
        long kept() {
            return outside + mostInside;
        }

        /** Forward passes beyond the first. */
        int repeated() {
            return recomputed.isEmpty() ? 0 : 1;
        }

        @Override
        public Tensor around(Layer layer, Tensor input, Supplier<Tensor> forward) {
            if (!within && recomputed.contains(layer)) {
                within = true;
                inside = 0;
                Tensor output = counted(layer, input, forward);
                within = false;
                mostInside = Math.max(mostInside, inside);
                outside += output.numel();
                return output;
            }
            return counted(layer, input, forward);
        }

        private void keep(long values) {
            if (within) {
                inside += values;
            } else {
                outside += values;
            }
        }

        private Tensor counted(Layer layer, Tensor input, Supplier<Tensor> forward) {
            Tensor output = forward.get();
            keep(layer.ownValues(input.shape()));
            if (layer.children().isEmpty()) {
                keep(output.numel());
            }
            multiplications += Multiplications.of(layer, input, output);
            return output;
        }
    }

    /** Multiplications a second of a middling convolution on this machine. */
    private static double rate(Precision precision) {
        try (Scope scope = Scope.open()) {
            Tensor maps = Tensors.channelsLast(Tensors.zeros(16, 64, 32, 32));
            Tensor weight = Tensors.channelsLast(Tensors.zeros(64, 64, 3, 3));
            Runnable convolution = () -> Scope.run(
                    () -> precision.compute(io.inkstone.tensor.ComputeDevice.CPU, () -> torch.conv2d(maps, weight)));
            convolution.run();
            long start = System.nanoTime();
            int rounds = 0;
            while (System.nanoTime() - start < 200_000_000L) {
                convolution.run();
                rounds++;
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return rounds * 16.0 * 30 * 30 * 64 * 64 * 9 / seconds;
        }
    }
}
