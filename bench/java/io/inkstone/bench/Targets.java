package io.inkstone.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What a row is to reach.
 *
 * @param ratios of medians, by the name of the side beside Inkstone: its time over Inkstone's; for the ceiling Inkstone's
 *     over the ceiling's
 * @param limits that Inkstone keeps by itself
 */
record Targets(Map<String, Ratio> ratios, List<Limit> limits) {
    static final Targets NONE = new Targets(Map.of(), List.of());

    /**
     * A ratio.
     *
     * @param reach what must be reached
     * @param aim what we aim for, or the same
     */
    record Ratio(double reach, double aim) {
        String verdict(double ratio, boolean atMost) {
            String wanted = "%s %s".formatted(atMost ? "≤" : "≥", plain(reach));
            if (aim != reach) {
                wanted += ", aim " + plain(aim);
            }
            return Targets.verdict("%.2f".formatted(ratio), atMost ? ratio <= reach : ratio >= reach, wanted);
        }

        private static String plain(double number) {
            return number == Math.rint(number) ? "%.0f".formatted(number) : "%.1f".formatted(number);
        }
    }

    /**
     * A bound that no other side has a part in.
     *
     * @param task of the row
     * @param reach in the measure's unit
     */
    record Limit(String task, Measure measure, double reach) {
        /** Empty where nothing was measured. */
        Optional<String> verdict(Cell cell) {
            return measure.of(cell).map(value -> {
                boolean reached = measure.atLeast ? value >= reach : value <= reach;
                return Targets.verdict(
                        measure.text(value), reached, (measure.atLeast ? "≥ " : "≤ ") + measure.text(reach));
            });
        }
    }

    /** What a limit bounds. */
    enum Measure {
        MILLISECONDS(false) {
            @Override
            Optional<Double> of(Cell cell) {
                return cell.median();
            }

            @Override
            String text(double value) {
                return Cell.duration(value);
            }
        },
        /** Of {@link Jpegs#COUNT} pictures. */
        PICTURES_PER_SECOND(true) {
            @Override
            Optional<Double> of(Cell cell) {
                return cell.median().map(milliseconds -> Jpegs.COUNT * 1000 / milliseconds);
            }

            @Override
            String text(double value) {
                return "%,.0f pictures/s".formatted(value);
            }
        },
        PEAK_MEGABYTES(false) {
            @Override
            Optional<Double> of(Cell cell) {
                return Optional.of((double) cell.peakMegabytes()).filter(peak -> peak > 0);
            }

            @Override
            String text(double value) {
                return "%,.0f MB".formatted(value);
            }
        };

        private final boolean atLeast;

        Measure(boolean atLeast) {
            this.atLeast = atLeast;
        }

        abstract Optional<Double> of(Cell cell);

        abstract String text(double value);
    }

    /** The ratios that rows of one kind share; {@code published}, {@code aim}, {@code best} in the machine's precision. */
    static Targets ratios(double published, double aim, double best, OptionalInt ceilingInTenths) {
        Map<String, Ratio> all = new TreeMap<>(Map.of(
                Programs.PUBLISHED,
                new Ratio(published, aim),
                Programs.BEST,
                new Ratio(best, best),
                Programs.PUBLISHED + Programs.FLOAT32,
                new Ratio(1.1, 1.5),
                Programs.BEST + Programs.FLOAT32,
                new Ratio(1.1, 1.1)));
        ceilingInTenths.ifPresent(tenths -> all.put(Programs.CEILING, new Ratio(tenths / 10.0, tenths / 10.0)));
        return new Targets(all, List.of());
    }

    Targets with(Limit... some) {
        return new Targets(ratios, List.of(some));
    }

    private static String verdict(String number, boolean reached, String wanted) {
        return "%s %s (%s)".formatted(reached ? "**" + number + "**" : number, reached ? "reached" : "missed", wanted);
    }
}
