package io.inkstone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CellTest {
    @Test
    void saysWhatItRestsOn() {
        assertThat(Examples.cell(100, 104, 108, 112, 500).text()).isEqualTo("108 ms (5, ±4 %)");
        assertThat(Examples.cell(1900, 2000, 2100).text()).isEqualTo("2.00 s (3, ±5 %)");
        assertThat(Examples.cell(13_820).text()).isEqualTo("13.82 s (1)");
        assertThat(Examples.cell().text()).isEqualTo("failed");
    }
}
