package io.inkstone.bench;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * @param atMost whether the ratio may not be more; else it may not be less
     */
    record Ratio(double reach, double aim, boolean atMost) {
        static Ratio atLeast(double reach, double aim) {
            return new Ratio(reach, aim, false);
        }

        static Ratio atMost(double reach, double aim) {
            return new Ratio(reach, aim, true);
        }

        String verdict(double ratio) {
            String wanted = "%s %s".formatted(atMost ? "≤" : "≥", plain(reach));
            if (aim != reach) {
                wanted += ", aim " + plain(aim);
            }
            return Targets.verdict("%.2f".formatted(ratio), atMost ? ratio <= reach : ratio >= reach, wanted);
        }

        private static String plain(double number) {
            return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
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

    /** The ratios that rows of one kind share, in the machine's own precision; those in float32 are the same for all. */
    static Targets ratios(Ratio published, Ratio best, Ratio ceiling) {
        return new Targets(
                new TreeMap<>(Map.of(
                        Programs.PUBLISHED,
                        published,
                        Programs.BEST,
                        best,
                        Programs.CEILING,
                        ceiling,
                        Programs.PUBLISHED + Programs.FLOAT32,
                        Ratio.atLeast(1.1, 1.5),
                        Programs.BEST + Programs.FLOAT32,
                        Ratio.atLeast(1.2, 1.2))),
                List.of());
    }

    /** Only beside PyTorch at its best. */
    static Targets besideBest(Ratio best) {
        return new Targets(Map.of(Programs.BEST, best), List.of());
    }

    /** @param ratio what Inkstone's time without the launcher's settings may be of its time with them */
    Targets inLibrary(Ratio ratio) {
        Map<String, Ratio> all = new TreeMap<>(ratios);
        all.put(Programs.LIBRARY, ratio);
        return new Targets(all, limits);
    }

    Targets with(Limit... some) {
        return new Targets(ratios, List.of(some));
    }

    private static String verdict(String number, boolean reached, String wanted) {
        return "%s %s (%s)".formatted(reached ? "**" + number + "**" : number, reached ? "reached" : "missed", wanted);
    }
}
