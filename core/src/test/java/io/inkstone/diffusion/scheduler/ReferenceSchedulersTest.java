package io.inkstone.diffusion.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Noise;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.golden.SamplerReferences;
import io.inkstone.golden.SchedulerReferences;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every scheduler beside diffusers' (schedulers/make_schedulers.py): what the network is told, how noisy it is, and where whole
 * ways end. Ours is float64; theirs keeps tables in float32, so that 1 − ᾱ at the clean end has four digits.
 */
class ReferenceSchedulersTest {
    private static final double SINGLE = 5e-5;
    /** Their σ at the end of a table without signal is what float32 left of 0. */
    private static final double RELATIVE = 1e-4;

    static Stream<String> names() {
        return SchedulerReferences.names().stream();
    }

    /** Timesteps are those of the calls that the network gets, in order; some samplers look twice at a level. */
    @ParameterizedTest
    @MethodSource("names")
    void tellsTheNetworkTheSameTimesteps(String name) {
        Scheduler scheduler = scheduler(name);
        SchedulerReferences.steps(name, "grids").forEach(steps -> tellsTheSame(name, scheduler, steps));
    }

    private static void tellsTheSame(String name, Scheduler scheduler, int steps) {
        List<Double> told = new ArrayList<>();
        draw(scheduler, steps, (input, time) -> {
            told.add(time);
            return Tensors.scale(input, 0.3);
        });
        double[] expected = SchedulerReferences.grid(name, steps, "timesteps");
        assertThat(told).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            // Fractional ones are float32 there.
            double exact = expected[i] == Math.rint(expected[i]) ? 1e-9 : 2e-3;
            assertThat(told.get(i)).as("timestep %d of %d", i, steps).isCloseTo(expected[i], within(exact));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void isAsNoisy(String name) {
        Scheduler scheduler = scheduler(name);
        SchedulerReferences.steps(name, "grids").forEach(steps -> isAsNoisy(name, scheduler, steps));
    }

    private static void isAsNoisy(String name, Scheduler scheduler, int steps) {
        double[] sigmas = SchedulerReferences.grid(name, steps, "sigmas");
        if (name.startsWith("heun")) { // both looks of its steps are listed
            sigmas = everySecond(sigmas);
        }
        List<Level> levels = scheduler.levels(steps);
        boolean straight = name.startsWith("flow");
        for (int i = 0; i < sigmas.length; i++) {
            double ours = straight ? levels.get(i).sigma() : levels.get(i).ratio();
            assertThat(ours).as("sigma %d of %d", i, steps).isCloseTo(sigmas[i], within(SINGLE * sigmas[i]));
        }
        assertThat(levels).hasSize(steps + 1);
    }

    private static double[] everySecond(double[] all) {
        double[] half = new double[all.length / 2 + 1];
        for (int i = 0; i < half.length; i++) {
            half[i] = all[Math.max(0, 2 * i - 1)];
        }
        return half;
    }

    @ParameterizedTest
    @MethodSource("names")
    void endsWhereDiffusersEnds(String name) {
        Scheduler scheduler = scheduler(name);
        SchedulerReferences.steps(name, "ways").forEach(steps -> endsThere(name, scheduler, steps));
    }

    private static void endsThere(String name, Scheduler scheduler, int steps) {
        double[] expected = SchedulerReferences.way(name, steps);
        double[] got = draw(scheduler(name), steps, (input, time) -> Tensors.scale(input, 0.3)
                .add_(new Scalar(0.5 * Math.sin(0.01 * time))));
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(got).hasSize(expected.length);
        for (int i = 0; i < got.length; i++) {
            assertThat(got[i]).as("%s[%d] after %d", name, i, steps).isCloseTo(expected[i], within(RELATIVE * largest));
        }
    }

    private static Scheduler scheduler(String name) {
        return SchedulerConfig.parse(SchedulerReferences.config(name)).scheduler();
    }

    private static double[] draw(Scheduler scheduler, int steps, Denoiser.Network network) {
        Noise noise = SchedulerReferences.draws();
        List<Level> levels = scheduler.levels(steps);
        try (Scope scope = Scope.open()) {
            Tensor start = Tensors.scale(SchedulerReferences.formula(1), scheduler.startScale(levels));
            return SamplerReferences.values(scheduler
                    .sampler()
                    .sample(scheduler.denoiser(network), start, levels, noise, SamplingListener.NONE));
        }
    }

    @Test
    void everySchedulerHasACase() {
        assertThat(SchedulerReferences.names().stream()
                        .map(name -> SchedulerConfig.parse(SchedulerReferences.config(name))
                                .kind()))
                .containsAll(Set.of(SchedulerKind.values()));
    }
}
