package io.inkstone.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HardwareTest {
    private static Hardware processor(boolean amx, boolean dots, boolean intel) {
        return new Hardware("one", 2, amx, dots, intel);
    }

    @Test
    void bfloat16PaysWhereItDoesMoreInACycle() {
        assertThat(processor(true, true, true).multipliesBfloat16()).isTrue();
        assertThat(processor(false, true, false).multipliesBfloat16()).isTrue();
        assertThat(processor(false, true, true).multipliesBfloat16()).isFalse();
        assertThat(processor(false, false, false).multipliesBfloat16()).isFalse();
    }

    @Test
    void hasItWhetherItPaysOrNot() {
        assertThat(processor(false, true, true).hasBfloat16()).isTrue();
        assertThat(processor(false, false, true).hasBfloat16()).isFalse();
    }
}
