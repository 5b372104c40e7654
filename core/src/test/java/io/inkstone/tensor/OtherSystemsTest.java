package io.inkstone.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What OSHI tells is what Linux tells by its files, so that the other systems are told the same. */
class OtherSystemsTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void tellsWhatTheFilesOfLinuxTell() {
        assertThat(Hardware.here().processor())
                .startsWith(OtherSystems.processor().substring(0, 3));
        long resident = OtherSystems.residentMegabytes();
        assertThat(resident).isPositive().isCloseTo(ProcessMemory.residentMegabytes(), within(200L));
        // Asked afterwards: what is resident may grow between two questions.
        assertThat(OtherSystems.peakMegabytes()).isGreaterThanOrEqualTo(resident);
        assertThat(OtherSystems.availableMegabytes()).isPositive();
        assertThat(ProcessMemory.availableMegabytes().orElseThrow()).isPositive();
    }
}
