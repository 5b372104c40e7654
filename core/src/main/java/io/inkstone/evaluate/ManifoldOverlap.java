package io.inkstone.evaluate;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * How the places of generated and of real pictures in feature space overlap. A set's place is the union of balls around
 * its points, each reaching to the point's k-th nearest neighbour in the set.
 *
 * @param precision share of generated pictures inside the real place, k = 3 (Kynkäänniemi et al. 2019, eq. 2)
 * @param recall share of real pictures inside the generated place, k = 3
 * @param density real balls that hold a generated picture, over k, k = 5 (Naeem et al. 2020, eq. 3); may exceed 1
 * @param coverage share of real balls that hold a generated picture, k = 5 (eq. 4)
 */
public record ManifoldOverlap(double precision, double recall, double density, double coverage) {
    private static final int NEAR = 3;
    static final int WIDE = 5;
    private static final int BLOCK = 256;
    /** Squared distances below this part of the squared norms are rounding. */
    private static final double ROUNDING = 1e-12;
    /** So many neighbours of a point hold its third in any half, but for one case in millions. */
    private static final int NEIGHBOURS = 32;

    /** Figures depend on the counts: give as many generated as real ones. */
    public static ManifoldOverlap of(Features generated, Features real) {
        return ofParts(generated, real, Halves.none(generated.count())).get(0);
    }

    /** The figures and their standard errors, from halves of the generated pictures; the real ones are held fixed. */
    public static Estimate estimate(Features generated, Features real, long seed) {
        List<ManifoldOverlap> parts = ofParts(generated, real, Halves.of(generated.count(), Halves.USUAL, seed));
        return new Estimate(
                parts.get(0),
                new ManifoldOverlap(
                        error(parts, ManifoldOverlap::precision),
                        error(parts, ManifoldOverlap::recall),
                        error(parts, ManifoldOverlap::density),
                        error(parts, ManifoldOverlap::coverage)));
    }

    /**
     * Figures and how far they are to be trusted.
     *
     * @param errors the standard error of each
     */
    public record Estimate(ManifoldOverlap figures, ManifoldOverlap errors) {}

    private static double error(List<ManifoldOverlap> parts, ToDoubleFunction<ManifoldOverlap> figure) {
        return Halves.error(parts.stream().mapToDouble(figure).toArray());
    }

    static List<ManifoldOverlap> ofParts(Features generated, Features real, Halves halves) {
        Features.requireAlike(generated, real);
        if (Math.min(generated.count(), real.count()) <= WIDE) {
            throw new InputException(Words.of(
                    "Precision, recall, density and coverage need more than %d pictures of each side, got %d generated and %d real.",
                    WIDE, generated.count(), real.count()));
        }
        double[] centre = real.mean();
        double[] near = new double[real.count()];
        double[] wide = new double[real.count()];
        overDistances(real, real, centre, (row, distances) -> {
            int[] others = nearest(distances, row);
            near[row] = distances[others[NEAR - 1]];
            wide[row] = distances[others[WIDE - 1]];
        });
        OverlapCount count = new OverlapCount(near, wide, radii(generated, centre, halves), halves);
        overDistances(generated, real, centre, count::take);
        List<ManifoldOverlap> all = new ArrayList<>();
        for (int part = 0; part < halves.parts(); part++) {
            all.add(count.figures(part));
        }
        return all;
    }

    /** Squared radii of precision's balls in each part, a row a point; NaN in parts without the point. */
    private static double[][] radii(Features set, double[] centre, Halves halves) {
        double[][] radii = new double[set.count()][halves.parts()];
        overDistances(set, set, centre, (row, distances) -> {
            Arrays.fill(radii[row], Double.NaN);
            int[] found = new int[halves.parts()];
            for (int other : nearest(distances, row)) {
                Halves.forEach(halves.members()[row] & halves.members()[other], part -> {
                    if (found[part]++ < NEAR) {
                        radii[row][part] = distances[other];
                    }
                });
            }
        });
        return radii;
    }

    /** Up to {@link #NEIGHBOURS} other points, the nearest first. */
    private static int[] nearest(double[] distances, int self) {
        int[] nearest = new int[NEIGHBOURS];
        int found = 0;
        for (int i = 0; i < distances.length; i++) {
            boolean full = found == NEIGHBOURS;
            if (i != self && !(full && distances[i] >= distances[nearest[found - 1]])) {
                int at = full ? found - 1 : found++;
                for (; at > 0 && distances[nearest[at - 1]] > distances[i]; at--) {
                    nearest[at] = nearest[at - 1];
                }
                nearest[at] = i;
            }
        }
        return Arrays.copyOf(nearest, found);
    }

    private interface RowTask {
        /** @param distances squared, to every point of the other set */
        void take(int row, double[] distances);
    }

    private static void overDistances(Features rows, Features columns, double[] centre, RowTask task) {
        try (Scope scope = Scope.open()) {
            Tensor all = columns.rows(0, columns.count(), centre);
            double[] columnNorms = norms(all);
            for (int from = 0; from < rows.count(); from += BLOCK) {
                int to = Math.min(rows.count(), from + BLOCK);
                block(rows.rows(from, to, centre), all, columnNorms, from, task);
            }
        }
    }

    private static void block(Tensor rows, Tensor columns, double[] columnNorms, int from, RowTask task) {
        try (Scope scope = Scope.open()) {
            double[] rowNorms = norms(rows);
            double[] products = Tensors.toDoubles(rows.matmul(columns.t()).mul(new Scalar(-2.0)));
            int width = columnNorms.length;
            for (int i = 0; i < rowNorms.length; i++) {
                double[] distances = Arrays.copyOfRange(products, i * width, (i + 1) * width);
                for (int j = 0; j < width; j++) {
                    double norms = rowNorms[i] + columnNorms[j];
                    double distance = distances[j] + norms;
                    distances[j] = distance < ROUNDING * norms ? 0 : distance;
                }
                task.take(from + i, distances);
            }
        }
    }

    private static double[] norms(Tensor rows) {
        try (Scope scope = Scope.open()) {
            return Tensors.toDoubles(rows.square().sum(1));
        }
    }
}
