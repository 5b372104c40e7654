package io.inkstone.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One axis of a chart: from data values to places, and round values for its ticks.
 *
 * @param low value at place 0; positive if logarithmic
 * @param high value at place 1, above {@code low}
 */
record Axis(double low, double high, boolean logarithmic) {
    /** An axis that holds all values from {@code least} to {@code most}, with a little air on a linear one. */
    static Axis around(double least, double most, boolean logarithmic) {
        if (logarithmic) {
            double air = least == most ? 2 : Math.pow(most / least, 0.04);
            return new Axis(Math.max(least / air, Double.MIN_NORMAL), most * air, true);
        }
        double air = least == most ? Math.max(Math.abs(least), 1) * 0.5 : (most - least) * 0.04;
        return new Axis(least - air, most + air, false);
    }

    /** 0 at {@code low}, 1 at {@code high}. */
    double place(double value) {
        return logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    }

    /** Round values inside, about {@code wanted} of them. */
    List<Double> ticks(int wanted) {
        return logarithmic && high / low >= 10 ? decades(wanted) : even(wanted);
    }

    private List<Double> even(int wanted) {
        double rough = (high - low) / Math.max(1, wanted);
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power * (rough <= power ? 1 : rough <= 2 * power ? 2 : rough <= 5 * power ? 5 : 10);
        List<Double> ticks = new ArrayList<>();
        for (double k = Math.ceil(low / step); k * step <= high; k++) {
            ticks.add(k * step);
        }
        return ticks;
    }

    private List<Double> decades(int wanted) {
        int first = (int) Math.floor(Math.log10(low));
        int last = (int) Math.ceil(Math.log10(high));
        int every = Math.max(1, (last - first) / Math.max(1, wanted));
        double[] within = last - first <= 2 ? new double[] {1, 2, 5} : new double[] {1};
        List<Double> ticks = new ArrayList<>();
        for (int decade = first; decade <= last; decade += every) {
            for (double digit : within) {
                double tick = digit * Math.pow(10, decade);
                if (tick >= low && tick <= high) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    /** A tick in few characters: 0.05, 1.5, 20000 as 20k, 0.00001 as 1e-5. */
    static String words(double tick) {
        double size = Math.abs(tick);
        if (size < 1e-12) {
            return "0";
        }
        if (size >= 1e9 || size < 1e-3) {
            return trimmed(String.format(Locale.ROOT, "%.2e", tick))
                    .replace("e-0", "e-")
                    .replace("e+0", "e")
                    .replace("e+", "e");
        }
        if (size >= 1e6) {
            return trimmed(String.format(Locale.ROOT, "%.3fM", tick / 1e6));
        }
        if (size >= 1e4) {
            return trimmed(String.format(Locale.ROOT, "%.3fk", tick / 1e3));
        }
        return trimmed(String.format(Locale.ROOT, size >= 1 ? "%.3f" : "%.5f", tick));
    }

    /** Without zeros at the end of the fraction. */
    private static String trimmed(String number) {
        return number.replaceFirst("\\.?0+(?=$|[eMk])", "");
    }
}
