package io.inkstone.image;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A line chart, such as losses over steps. Values that are not finite, and values that are not positive on a logarithmic
 * axis, are left out. A series of many points is drawn faint, with its moving average over it.
 *
 * @param title above the chart
 * @param xName under the chart, such as "step"
 * @param logarithmic whether the y axis is
 * @param series drawn in this order
 */
public record Curves(String title, String xName, boolean logarithmic, List<Series> series) {
    private static final int[] COLOURS = {0x1F6FB4, 0xD9480F, 0x2B8A3E, 0x862E9C, 0xC2255C, 0x0B7285, 0x8D6708, 0x495057
    };
    private static final int INK = 0x303030;
    private static final int GRID = 0xE4E4E4;
    private static final int WIDTH = 800;
    private static final int HEIGHT = 420;
    private static final int STACKED_HEIGHT = 280;
    private static final int LEAST_SIDE = 160;
    /** Series with more points than this are smoothed. */
    private static final int MANY_POINTS = 150;

    /**
     * One curve.
     *
     * @param x ascending, such as steps
     * @param y as many values
     */
    public record Series(String name, double[] x, double[] y) {
        public Series {
            if (x.length != y.length) {
                throw new InputException(
                        Words.of("The curve '%s' needs as many x as y, got %d and %d.", name, x.length, y.length));
            }
        }
    }

    public Curves {
        series = List.copyOf(series);
    }

    /** Charts over the same x, at least one, one above the other; the name of x stands under the lowest. */
    public static Pixels stacked(List<Curves> charts) {
        if (charts.size() == 1) {
            return charts.get(0).draw();
        }
        List<Pixels> drawn = new ArrayList<>();
        for (Curves chart : charts) {
            String name = drawn.size() == charts.size() - 1 ? chart.xName : "";
            drawn.add(new Curves(chart.title, name, chart.logarithmic, chart.series).draw(WIDTH, STACKED_HEIGHT));
        }
        return Sheet.above(Sheet.Look.LIGHT, drawn);
    }

    /** The chart as a picture of 800 × 420. */
    public Pixels draw() {
        return draw(WIDTH, HEIGHT);
    }

    /** The chart as an RGB picture of at least 160 × 160. */
    public Pixels draw(int width, int height) {
        if (width < LEAST_SIDE || height < LEAST_SIDE) {
            throw new InputException(
                    Words.of("A chart is at least %d pixels wide and high, got %d x %d.", LEAST_SIDE, width, height));
        }
        Canvas canvas = new Canvas(width, height, 0xFFFFFF);
        canvas.text(title, (width - Glyphs.width(title, 2)) / 2, 8, 2, INK);
        canvas.text(xName, (width - Glyphs.width(xName, 1)) / 2, height - 14, 1, INK);
        List<Series> shown = series.stream()
                .map(this::drawable)
                .filter(s -> s.x().length > 0)
                .toList();
        if (shown.isEmpty()) {
            String nothing = "no values yet";
            canvas.text(nothing, (width - Glyphs.width(nothing, 1)) / 2, height / 2, 1, INK);
            return canvas.picture();
        }
        new Plot(canvas, new int[] {64, 34, width - 84, height - 72}, axis(shown, true), axis(shown, false))
                .draw(shown);
        return canvas.picture();
    }

    private Series drawable(Series all) {
        int[] kept = IntStream.range(0, all.x().length)
                .filter(i -> Double.isFinite(all.x()[i]) && Double.isFinite(all.y()[i]))
                .filter(i -> !logarithmic || all.y()[i] > 0)
                .toArray();
        double[] x = Arrays.stream(kept).mapToDouble(i -> all.x()[i]).toArray();
        double[] y = Arrays.stream(kept).mapToDouble(i -> all.y()[i]).toArray();
        return new Series(all.name(), x, y);
    }

    private Axis axis(List<Series> shown, boolean horizontal) {
        double[] values = shown.stream()
                .flatMapToDouble(s -> DoubleStream.of(horizontal ? s.x() : s.y()))
                .toArray();
        double least = Arrays.stream(values).min().orElse(0);
        double most = Arrays.stream(values).max().orElse(1);
        return Axis.around(least, most, !horizontal && logarithmic);
    }

    /** The field between the axes: left, top, width, height. */
    private record Plot(Canvas canvas, int[] field, Axis across, Axis up) {
        void draw(List<Series> shown) {
            grid();
            for (int i = 0; i < shown.size(); i++) {
                Series series = shown.get(i);
                int colour = COLOURS[i % COLOURS.length];
                if (series.x().length > MANY_POINTS) {
                    curve(series.x(), series.y(), 1, faint(colour));
                    curve(series.x(), smoothed(series.y()), 2, colour);
                } else {
                    curve(series.x(), series.y(), 2, colour);
                }
            }
            legend(shown);
        }

        private void grid() {
            int bottom = field[1] + field[3];
            for (double tick : up.ticks(Math.max(2, field[3] / 40))) {
                int y = (int) Math.round(y(tick));
                canvas.fill(field[0], y, field[2], 1, GRID);
                String words = Axis.words(tick);
                canvas.text(words, field[0] - 6 - Glyphs.width(words, 1), y - 3, 1, INK);
            }
            for (double tick : across.ticks(Math.max(2, field[2] / 90))) {
                int x = (int) Math.round(x(tick));
                canvas.fill(x, field[1], 1, field[3], GRID);
                String words = Axis.words(tick);
                canvas.text(words, x - Glyphs.width(words, 1) / 2, bottom + 7, 1, INK);
            }
            canvas.fill(field[0], field[1], 1, field[3], INK);
            canvas.fill(field[0], bottom, field[2], 1, INK);
        }

        private void curve(double[] x, double[] y, double thickness, int colour) {
            for (int i = 0; i < x.length; i++) {
                int from = Math.max(0, i - 1);
                canvas.line(x(x[from]), y(y[from]), x(x[i]), y(y[i]), thickness, colour);
            }
        }

        private void legend(List<Series> shown) {
            List<String> names = new ArrayList<>();
            shown.forEach(s -> names.addAll(Glyphs.wrap(s.name().isBlank() ? "-" : s.name(), 24, 1)));
            int widest =
                    names.stream().mapToInt(name -> Glyphs.width(name, 1)).max().orElse(0);
            int left = field[0] + field[2] - widest - 34;
            // Two names stand beside the title, above all curves; more reach down among them.
            canvas.fill(left - 6, 0, widest + 38, names.size() * 14 + 6, GRID);
            canvas.fill(left - 5, 1, widest + 36, names.size() * 14 + 4, 0xFFFFFF);
            for (int i = 0; i < names.size(); i++) {
                int y = 6 + i * 14;
                canvas.fill(left, y + 2, 18, 3, COLOURS[i % COLOURS.length]);
                canvas.text(names.get(i), left + 26, y, 1, INK);
            }
        }

        private double x(double value) {
            return field[0] + across.place(value) * field[2];
        }

        private double y(double value) {
            return field[1] + (1 - up.place(value)) * field[3];
        }

        private static int faint(int colour) {
            int faint = 0;
            for (int shift = 0; shift <= 16; shift += 8) {
                int level = colour >> shift & 255;
                faint |= (255 - (255 - level) * 3 / 10) << shift;
            }
            return faint;
        }

        /** Means over a window of a fiftieth of the series, centred; cut at the ends. */
        private static double[] smoothed(double[] y) {
            int half = Math.max(2, y.length / 100);
            double[] sums = new double[y.length + 1];
            for (int i = 0; i < y.length; i++) {
                sums[i + 1] = sums[i] + y[i];
            }
            double[] smooth = new double[y.length];
            for (int i = 0; i < y.length; i++) {
                int from = Math.max(0, i - half);
                int to = Math.min(y.length, i + half + 1);
                smooth[i] = (sums[to] - sums[from]) / (to - from);
            }
            return smooth;
        }
    }
}
