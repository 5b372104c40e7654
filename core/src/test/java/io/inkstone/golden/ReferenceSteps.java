package io.inkstone.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npz;
import io.inkstone.condition.Condition;
import io.inkstone.image.PixelRange;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.models.DataForm;
import io.inkstone.models.Family;
import io.inkstone.models.Model;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Adam;
import io.inkstone.train.Batch;
import io.inkstone.train.Losses;
import io.inkstone.train.OptimizerConfig;
import io.inkstone.train.Phase;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;

/**
 * Two training steps of one network beside PyTorch's. The references (steps/make_steps.py) are float64, so the differences
 * are our float32's rounding alone.
 *
 * <p>The first step of Adam is the rate times g/(|g| + eps), whatever the betas: they show in the second. That step starts
 * from the same weights again and only the optimizer remembers, because a gradient that is nothing but rounding moves its
 * weight as far as any other, and the gradients of the second batch would be a thousand times less certain.
 *
 * <p>Rounding alone, PyTorch's or ours, makes up to 4e-7 of a loss, 1.2e-5 of a tensor's largest gradient, 4e-6 of its norm,
 * 5e-5 of a step and 4e-7 of a running statistic; the tolerances leave other processors some room.
 *
 * @param labels of the pictures of either batch
 * @param times noise levels per step; null where none are drawn
 * @param keep which contexts are not dropped; null where none can be
 */
record ReferenceSteps(String name, int[] labels, int[][] times, float[] keep) {
    private static final double LOSS = 2e-6;
    /** Relative to the largest of a tensor. */
    private static final double GRADIENT = 1e-4;
    /** Relative: a norm averages the rounding of its values. */
    private static final double NORM = 2e-5;
    /** What a weight may differ by, in steps of the optimizer. */
    private static final double MOVE = 2e-4;
    /** A gradient under this share of the largest has too few digits for {@link #MOVE}. */
    private static final double CLEAR = 1e-2;
    /** Relative to the largest of a tensor of running statistics. */
    private static final double STATISTICS = 1e-5;

    <S> void compare(Family<S> family, S settings, DataForm form, OptimizerConfig config, double... rates)
            throws IOException, URISyntaxException {
        Map<String, NdArray> reference = reference();
        try (Scope scope = Scope.open();
                Model model = family.build(Initializer.empty(), settings, form);
                Adam adam = new Adam(model.network().parameters(), config)) {
            Phase phase = model.objective().phases().get(0);
            for (int step = 0; step < rates.length; step++) {
                Golden.fill(model.network());
                int[] drawn = times == null ? new int[0] : times[step];
                Losses losses = phase.losses(batch(model, form, step), new GivenDraws(1001 + 10L * step, drawn, keep));
                compareLosses(losses, reference, step);
                adam.clearGradients();
                losses.backward(1);
                compareGradients(model.network(), reference, step);
                adam.step(rates[step]);
                compareState(model.network(), reference, step, rates[step]);
            }
        }
    }

    private Map<String, NdArray> reference() throws IOException, URISyntaxException {
        return Npz.read(Path.of(
                ReferenceSteps.class.getResource("steps/" + name + ".npz").toURI()));
    }

    private Batch batch(Model model, DataForm form, int step) {
        boolean unit = model.pictures().range() == PixelRange.UNIT;
        long[] shape = {labels.length, form.channels(), form.side(), form.side()};
        Tensor pictures = Golden.numbers(1000 + 10L * step, unit ? 0.5 : 1, unit ? 0.5 : 0, shape);
        int classes = form.classes().size();
        List<Condition> conditions = classes == 0
                ? List.of()
                : Arrays.stream(labels)
                        .mapToObj(label -> Condition.oneOf(label, classes))
                        .toList();
        return new Batch(Tensors.channelsLast(pictures), conditions, false);
    }

    private void compareLosses(Losses losses, Map<String, NdArray> reference, int step) {
        double expected = reference.get(step + ".loss").toDoubles()[0];
        assertThat(Tensors.toDouble(losses.total()) / expected)
                .as("loss of step " + step)
                .isCloseTo(1, within(LOSS));
        NdArray kl = reference.get(step + ".kl");
        if (kl != null) {
            assertThat(Tensors.toDouble(losses.parts().get("kl")) / kl.toDoubles()[0])
                    .as("divergence of step " + step)
                    .isCloseTo(1, within(LOSS));
        }
    }

    /** All by their norms, some value by value. */
    private void compareGradients(Layer network, Map<String, NdArray> reference, int step) {
        double[] norms = reference.get(step + ".norms").toDoubles();
        List<String> names = network.parameters().keySet().stream().sorted().toList();
        assertThat(names).hasSize(norms.length);
        double largest = largest(norms);
        for (int i = 0; i < norms.length; i++) {
            // A bias before a batch norm has no effect and so no gradient but rounding.
            if (norms[i] > 1e-10 * largest) {
                double norm = norm(network.parameters().get(names.get(i)).grad());
                assertThat(norm)
                        .as("norm of the gradient of %s in step %d", names.get(i), step)
                        .isCloseTo(norms[i], within(NORM * norms[i]));
            }
        }
        of("gradient", step, reference).forEach((name, expected) -> {
            double[] wanted = expected.toDoubles();
            float[] got = Tensors.toFloats(network.parameters().get(name).grad());
            double tolerance = GRADIENT * largest(wanted);
            for (int i = 0; i < wanted.length; i++) {
                assertThat((double) got[i])
                        .as("gradient of %s[%d] in step %d", name, i, step)
                        .isCloseTo(wanted[i], within(tolerance));
            }
        });
    }

    private void compareState(Layer network, Map<String, NdArray> reference, int step, double rate) {
        of("state", step, reference).forEach((name, expected) -> {
            double[] wanted = expected.toDoubles();
            float[] got = Tensors.toFloats(network.state().get(name));
            boolean[] clear = clear(name, wanted.length, step, reference);
            boolean trained = network.parameters().containsKey(name);
            for (int i = 0; i < wanted.length; i++) {
                double tolerance = trained
                        ? MOVE * rate + 2 * Math.ulp((float) Math.abs(wanted[i]))
                        : STATISTICS * largest(wanted);
                if (clear[i]) {
                    assertThat((double) got[i])
                            .as("%s[%d] after step %d", name, i, step)
                            .isCloseTo(wanted[i], within(tolerance));
                }
            }
        });
    }

    /** Where all gradients so far are large enough, or exactly none. */
    private static boolean[] clear(String name, int count, int lastStep, Map<String, NdArray> reference) {
        boolean[] clear = new boolean[count];
        Arrays.fill(clear, true);
        for (int step = 0; step <= lastStep; step++) {
            NdArray gradient = reference.get(step + ".gradient." + name);
            double[] values = gradient == null ? new double[count] : gradient.toDoubles();
            double least = CLEAR * largest(values);
            for (int i = 0; i < count; i++) {
                clear[i] &= values[i] == 0 || Math.abs(values[i]) > least;
            }
        }
        return clear;
    }

    private static Map<String, NdArray> of(String kind, int step, Map<String, NdArray> reference) {
        String prefix = step + "." + kind + ".";
        Map<String, NdArray> found = new TreeMap<>();
        reference.forEach((key, array) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), array);
            }
        });
        assertThat(found).hasSizeGreaterThanOrEqualTo(3);
        return found;
    }

    private static double norm(Tensor tensor) {
        double sum = 0;
        for (float value : Tensors.toFloats(tensor)) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElseThrow();
    }
}
