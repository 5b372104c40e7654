package io.inkstone.diffusion.sampler;

import static io.inkstone.golden.SamplerReferences.denoiser;
import static io.inkstone.golden.SamplerReferences.draws;
import static io.inkstone.golden.SamplerReferences.formula;
import static io.inkstone.golden.SamplerReferences.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.diffusion.AllPaths;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.NoisePath;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.diffusion.grid.UniformGrid;
import io.inkstone.diffusion.path.FlowPath;
import io.inkstone.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DdimInversionTest {
    static Stream<String> paths() {
        return AllPaths.byName().keySet().stream();
    }

    /**
     * Picture → noise → picture, with a model that is not linear. The picture is one that the model finds likely: between
     * its two values DDIM stretches errors without bound, and nothing comes back exactly.
     */
    @ParameterizedTest
    @MethodSource("paths")
    void givesTheNoiseThatDrawsThePicture(String name) {
        List<Level> grid = new UniformGrid(100).levels(AllPaths.byName().get(name), 50);
        double once = roundTrip(new DdimInversion(1), grid);
        double often = roundTrip(new DdimInversion(8), grid);
        assertThat(once).isLessThan(0.1);
        assertThat(often).isLessThan(1e-5).isLessThan(once / 1000);
    }

    private static double roundTrip(DdimInversion inversion, List<Level> grid) {
        try (Scope scope = Scope.open()) {
            Tensor picture = formula(4).sign().add(formula(3), new Scalar(0.2));
            Tensor noise = inversion.invert(denoiser(), picture, grid, SamplingListener.NONE);
            Tensor again = new DdimSampler(0).sample(denoiser(), noise, grid, draws(), SamplingListener.NONE);
            double[] got = values(again);
            double[] wanted = values(picture);
            double worst = 0;
            for (int i = 0; i < got.length; i++) {
                worst = Math.max(worst, Math.abs(got[i] - wanted[i]));
            }
            return worst;
        }
    }

    @Test
    void tellsOfEveryStepUpwards() {
        NoisePath path = AllPaths.byName().get("cosine");
        List<Double> times = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            new DdimInversion(2)
                    .invert(
                            denoiser(),
                            formula(3),
                            new UniformGrid(100).levels(path, 4),
                            (step, from, noisy) -> times.add(from.time()));
        }
        assertThat(times).containsExactly(0.0, 0.25, 0.5, 0.75);
    }

    @Test
    void refusesWhatHasNoWayBack() {
        assertThatThrownBy(() -> new DdimInversion(0)).isInstanceOf(InputException.class);
        try (Scope scope = Scope.open()) {
            List<Level> leap = new UniformGrid(100).levels(new FlowPath(), 1);
            assertThatThrownBy(() -> new DdimInversion(1).invert(denoiser(), formula(3), leap, SamplingListener.NONE))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("take more steps");
        }
    }
}
