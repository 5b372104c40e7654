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

    private static Curves losses(List<Curves.Series> series) {
        return new Curves("loss", "step", false, series);
    }

    /** Each on an axis of its own: the one of thousandths uses as much of its chart as the one of thousands. */
    @Test
    void chartsAreStacked() {
        double[] steps = {0, 100, 200};
        Curves small = losses(List.of(new Curves.Series("small", steps, new double[] {0.001, 0.002, 0.003})));
        Curves large = losses(List.of(new Curves.Series("large", steps, new double[] {1000, 2000, 3000})));
        Pixels both = Curves.stacked(List.of(small, large));
        assertThat(List.of(both.width(), both.height())).containsExactly(800, 562);
        assertThat(both).isNotEqualTo(Curves.stacked(List.of(small, small)));
        int inOne = pixelsOf(Curves.stacked(List.of(large, large)), 0x1F6FB4);
        assertThat(pixelsOf(both, 0x1F6FB4)).isCloseTo(inOne, within(inOne / 50));
        assertThat(Curves.stacked(List.of(small))).isEqualTo(small.draw());
    }

    @Test
    void drawsEverySeriesInItsColour() {
        double[] steps = {0, 100, 200};
        Pixels chart = losses(List.of(
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
        Curves single = losses(List.of(new Curves.Series("l", new double[] {5}, new double[] {0})));
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
        assertThatThrownBy(() -> losses(List.of()).draw(100, 300)).hasMessageContaining("at least 160");
    }
}
