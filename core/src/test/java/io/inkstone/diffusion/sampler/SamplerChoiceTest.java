package io.inkstone.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SamplerChoiceTest {
    @ParameterizedTest
    @EnumSource
    void isFoundByItsWord(SamplerChoice choice) {
        assertThat(SamplerChoice.named(choice.word())).isEqualTo(choice);
        assertThat(choice.create(10, 100, 0)).isNotNull();
        assertThat(choice.defaultSteps(7)).isEqualTo(7);
        assertThat(choice.keepsFrame(100, 100)).isTrue();
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
                        "unipc");
        assertThatThrownBy(() -> SamplerChoice.named("dpm-2m"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("There is no sampler 'dpm-2m'. Did you mean dpmpp-2m? Known: ddpm,");
        assertThatThrownBy(() -> new DdimSampler(2)).hasMessageContaining("[0, 1], got 2");
        assertThatThrownBy(() -> new UniPcSampler(4)).hasMessageContaining("1, 2 or 3, got 4");
    }

    @Test
    void longWaysAreFilmedInParts() {
        assertThat(SamplerChoice.DDPM.keepsFrame(333, 500)).isFalse();
        assertThat(SamplerChoice.DDPM.keepsFrame(340, 500)).isTrue();
        assertThat(SamplerChoice.HEUN.keepsFrame(333, 500)).isTrue();
    }
}
