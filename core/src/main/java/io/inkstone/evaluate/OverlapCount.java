package io.inkstone.evaluate;

import java.util.Arrays;

/** Which balls hold which points, counted row by row of distances, for the whole of the generated points and its halves. */
final class OverlapCount {
    private final double[] realNear;
    private final double[] realWide;
    private final double[][] generated;
    private final Halves halves;
    private final int[] recalled;
    private final int[] covered;
    private final long[] precise;
    private final long[] inside;

    /**
     * @param realNear squared radius of each real ball of precision
     * @param realWide of density and coverage
     * @param generated of each generated ball in each part
     */
    OverlapCount(double[] realNear, double[] realWide, double[][] generated, Halves halves) {
        this.realNear = realNear;
        this.realWide = realWide;
        this.generated = generated;
        this.halves = halves;
        recalled = new int[realNear.length];
        covered = new int[realNear.length];
        precise = new long[halves.parts()];
        inside = new long[halves.parts()];
    }

    /** @param distances squared, of the generated point {@code row} to all real ones */
    void take(int row, double[] distances) {
        int parts = halves.members()[row];
        double[] radii = generated[row];
        // Balls of a half are the larger ones: what lies outside all of them needs no second look.
        double largest = Arrays.stream(radii)
                .filter(radius -> !Double.isNaN(radius))
                .max()
                .orElse(-1);
        boolean placed = false;
        int balls = 0;
        for (int i = 0; i < distances.length; i++) {
            double distance = distances[i];
            placed |= distance <= realNear[i];
            if (distance <= realWide[i]) {
                covered[i] |= parts;
                balls++;
            }
            if (distance <= largest) {
                recalled[i] |= reached(radii, distance);
            }
        }
        int seen = placed ? 1 : 0;
        int held = balls;
        Halves.forEach(parts, part -> {
            precise[part] += seen;
            inside[part] += held;
        });
    }

    private static int reached(double[] radii, double distance) {
        int set = 0;
        for (int part = 0; part < radii.length; part++) {
            set |= distance <= radii[part] ? 1 << part : 0;
        }
        return set;
    }

    ManifoldOverlap figures(int part) {
        double count = halves.counts()[part];
        return new ManifoldOverlap(
                precise[part] / count,
                share(recalled, part),
                inside[part] / (ManifoldOverlap.WIDE * count),
                share(covered, part));
    }

    private static double share(int[] sets, int part) {
        return (double) Arrays.stream(sets)
                        .filter(set -> (set >> part & 1) == 1)
                        .count()
                / sets.length;
    }
}
