package io.inkstone.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurvesTest {
    private static int pixelsOf(Pixels chart, int colour) {
        return (int) IntStream.range(0, chart.width() * chart.height())
                .filter(i -> (chart.data()[3 * i] & 255) == (colour >> 16)
                        && (chart.data()[3 * i + 1] & 255) == (colour >> 8 & 255)
                        && (chart.data()[3 * i + 2] & 255) == (colour & 255))
                .count();
    }

    @Test
    void drawsEverySeriesInItsColour() {
        double[] steps = {0, 100, 200};
        Pixels chart = Curves.ofLosses(List.of(
                        new Curves.Series("generator", steps, new double[] {3, 2, 1}),
                        new Curves.Series("critic", steps, new double[] {1, 1, 1})))
                .draw();
        assertThat(List.of(chart.width(), chart.height())).containsExactly(800, 420);
        assertThat(pixelsOf(chart, 0x1F6FB4)).isGreaterThan(300);
        assertThat(pixelsOf(chart, 0xD9480F)).isGreaterThan(300);
    }

    @Test
    void whatCannotBeDrawnIsLeftOut() {
        double[] x = {0, 1, 2, 3};
        double[] y = {Double.NaN, -1, 0, Double.POSITIVE_INFINITY};
        Curves none = new Curves("loss", "step", true, List.of(new Curves.Series("l", x, y)));
        assertThat(none.draw()).isEqualTo(new Curves("loss", "step", true, List.of()).draw());
        Curves single = Curves.ofLosses(List.of(new Curves.Series("l", new double[] {5}, new double[] {0})));
        assertThat(pixelsOf(single.draw(200, 200), 0x1F6FB4)).isGreaterThan(3);
    }

    @Test
    void ticksAreRound() {
        assertThat(new Axis(0, 10, false).ticks(5)).containsExactly(0.0, 2.0, 4.0, 6.0, 8.0, 10.0);
        assertThat(new Axis(0.013, 0.041, false).ticks(3)).containsExactly(0.02, 0.03, 0.04);
        assertThat(new Axis(0.005, 20, true).ticks(5)).containsExactly(0.01, 0.1, 1.0, 10.0);
        assertThat(new Axis(1, 1000, true).place(10)).isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void ticksInFewCharacters() {
        assertThat(List.of(0.0, 0.05, 1.5, 20_000.0, 3e6, 1e-5, -0.25, 100.0, 2.5e10).stream()
                        .map(Axis::words))
                .containsExactly("0", "0.05", "1.5", "20k", "3M", "1e-5", "-0.25", "100", "2.5e10");
    }

    @Test
    void refusesUnequalSeriesAndTinyCharts() {
        assertThatThrownBy(() -> new Curves.Series("a", new double[2], new double[3]))
                .hasMessageContaining("got 2 and 3");
        assertThatThrownBy(() -> Curves.ofLosses(List.of()).draw(100, 300)).hasMessageContaining("at least 160");
    }
}
