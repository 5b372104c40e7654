package io.inkstone.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.diffusion.AllPaths;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Noise;
import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.diffusion.grid.UniformGrid;
import io.inkstone.diffusion.target.NoiseTarget;
import io.inkstone.golden.SamplerReferences;
import io.inkstone.tensor.Scope;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SamplerChoiceTest {
    @ParameterizedTest
    @EnumSource
    void isFoundByItsWord(SamplerChoice choice) {
        assertThat(SamplerChoice.named(choice.word())).isEqualTo(choice);
        assertThat(choice.create(10, 100, 0))
                .isEqualTo(
                        switch (choice) {
                            case DDPM, DDPM_SMALL -> new DdpmSampler(DdpmSampler.Variance.SMALL);
                            case DDPM_LARGE -> new DdpmSampler(DdpmSampler.Variance.LARGE);
                            case DDPM_ZERO -> new DdpmSampler(DdpmSampler.Variance.ZERO);
                            case DDIM, EULER -> new DdimSampler(0);
                            case EULER_ANCESTRAL -> new DdimSampler(1);
                            case HEUN -> new HeunSampler();
                            case DPMPP_2M -> new DpmSolverPlusPlusSampler(false);
                            case DPMPP_2M_SDE -> new DpmSolverPlusPlusSampler(true);
                            case UNIPC -> new UniPcSampler(3);
                            case PLMS -> new PlmsSampler(new NoiseTarget());
                            case LMS -> new LmsSampler(4);
                            case CONSISTENCY -> new ConsistencySampler();
                        });
        assertThat(choice.defaultSteps(7)).isEqualTo(choice == SamplerChoice.CONSISTENCY ? 2 : 7);
        assertThat(choice.visitsAllLevels()).isEqualTo(choice.word().startsWith("ddpm"));
    }

    /** Step by step, each a walk of its own: the whole way for all but those that remember. */
    @ParameterizedTest
    @EnumSource
    void tellsWhetherItsStepsCanBeTakenAlone(SamplerChoice choice) {
        List<Level> grid = new UniformGrid(100).levels(AllPaths.byName().get("cosine"), 6);
        Sampler sampler = choice.create(6, 100, 0);
        try (Scope scope = Scope.open()) {
            double[] whole = SamplerReferences.values(sampler.sample(
                    SamplerReferences.denoiser(),
                    SamplerReferences.formula(3),
                    grid,
                    SamplerReferences.draws(),
                    SamplingListener.NONE));
            Noise draws = SamplerReferences.draws();
            Tensor noisy = SamplerReferences.formula(3);
            for (int k = 0; k < 6; k++) {
                noisy = sampler.sample(
                        SamplerReferences.denoiser(), noisy, grid.subList(k, k + 2), draws, SamplingListener.NONE);
            }
            assertThat(Arrays.equals(SamplerReferences.values(noisy), whole)).isEqualTo(!choice.remembers());
        }
    }

    @Test
    void theVarianceOfAncestralStepsFollowsTheirNumber() {
        assertThat(SamplerChoice.DDPM.create(100, 100, 0)).isEqualTo(new DdpmSampler(DdpmSampler.Variance.LARGE));
        assertThat(SamplerChoice.DDIM.create(100, 100, 0.3)).isEqualTo(new DdimSampler(0.3));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DDIM")
    void onlyDdimKnowsEta(SamplerChoice choice) {
        assertThatThrownBy(() -> choice.create(10, 100, 0.5))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("η belongs to DDIM");
    }

    @Test
    void wordsAreThoseOfTheDocumentation() {
        assertThat(Arrays.stream(SamplerChoice.values()).map(SamplerChoice::word))
                .containsExactly(
                        "ddpm",
                        "ddpm-large",
                        "ddpm-small",
                        "ddpm-zero",
                        "ddim",
                        "euler",
                        "euler-ancestral",
                        "heun",
                        "dpmpp-2m",
                        "dpmpp-2m-sde",
                        "unipc",
                        "plms",
                        "lms",
                        "consistency");
        assertThatThrownBy(() -> SamplerChoice.named("dpm-2m"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("There is no sampler 'dpm-2m'. Did you mean dpmpp-2m? Known: ddpm,");
        assertThatThrownBy(() -> new DdimSampler(2)).hasMessageContaining("[0, 1], got 2");
        assertThatThrownBy(() -> new UniPcSampler(4)).hasMessageContaining("1, 2 or 3, got 4");
        assertThatThrownBy(() -> new LmsSampler(5)).hasMessageContaining("1 to 4, got 5");
        assertThatThrownBy(() ->
                        new DpmSolverPlusPlusSampler(false, 4, DpmSolverPlusPlusSampler.Form.MIDPOINT, false, false))
                .hasMessageContaining("1, 2 or 3, got 4");
    }
}
