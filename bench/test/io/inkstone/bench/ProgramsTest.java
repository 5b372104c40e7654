package io.inkstone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgramsTest {
    private static final Programs HERE = new Programs(
            Path.of("home"),
            Optional.of("python"),
            Optional.empty(),
            List.of("GLIBC_TUNABLES", "MALLOC_ARENA_MAX", "OPENBLAS_NUM_THREADS"));

    @Test
    void whoRunsAsWellAsItCanKeepsTheAllocatorsSettings() {
        for (String side : List.of(Programs.BEST, Programs.COMPILED, Programs.BEST + Programs.FLOAT32)) {
            assertThat(side(side).environment())
                    .as(side)
                    .doesNotContainKeys("GLIBC_TUNABLES", "MALLOC_ARENA_MAX")
                    .containsEntry("OPENBLAS_NUM_THREADS", Optional.empty());
        }
    }

    @Test
    void whoRunsAsAReaderWouldRunItDoesNot() {
        for (String side : List.of(Programs.PUBLISHED, Programs.LIBRARY)) {
            assertThat(side(side).environment())
                    .as(side)
                    .containsEntry("GLIBC_TUNABLES", Optional.empty())
                    .containsEntry("OPENBLAS_NUM_THREADS", Optional.empty());
        }
        assertThat(HERE.launcher("--help").environment()).containsEntry("GLIBC_TUNABLES", Optional.empty());
    }

    @Test
    void whoTakesTurnsIsNoNeighbourOfTheOthers() {
        for (String side : List.of(Programs.CEILING, Programs.INKSTONE, Programs.LIBRARY)) {
            assertThat(side(side).environment()).as(side).containsEntry("GOMP_SPINCOUNT", Optional.of("300000"));
        }
        assertThat(HERE.besideNeighbours(Path.of("row")).get(0).environment()).isEmpty();
    }

    @Test
    void namesWhoIsAbsent() {
        assertThat(HERE.absent(false)).containsExactly("torch.compile", "DJL");
        assertThat(HERE.absent(true)).containsExactly("DJL");
        assertThat(new Programs(Path.of("home"), Optional.empty(), Optional.of("djl"), List.of()).absent(false))
                .containsExactly("the reference programs (no Python with PyTorch)");
    }

    @Test
    void secondsAreANumberAboveZero() {
        assertThat(Programs.seconds("0.5")).isEqualTo(0.5);
        for (String text : List.of("5s", "0", "-1", "NaN")) {
            assertThatThrownBy(() -> Programs.seconds(text))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("BENCH_SECONDS is \"%s\", not a number of seconds above 0", text);
        }
    }

    private static Side.Start side(String name) {
        return HERE.sides(Examples.row("unet-16"), Path.of("row"), true).stream()
                .filter(side -> side.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
