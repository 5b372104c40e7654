package io.inkstone.evaluate;

import io.inkstone.InputException;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.Arrays;
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
    private static final int WIDE = 5;
    private static final int BLOCK = 256;
    /** Squared distances below this part of the squared norms are rounding. */
    private static final double ROUNDING = 1e-12;

    /** Figures depend on the counts: give as many generated as real ones. */
    public static ManifoldOverlap of(Features generated, Features real) {
        Features.requireAlike(generated, real);
        if (Math.min(generated.count(), real.count()) <= WIDE) {
            throw new InputException(
                    "Precision, recall, density and coverage need more than %d pictures of each side, got %d generated and %d real."
                            .formatted(WIDE, generated.count(), real.count()));
        }
        double[] centre = real.mean();
        double[][] realRadii = radii(real, centre, NEAR, WIDE);
        double[] generatedRadii = radii(generated, centre, NEAR)[0];
        boolean[] recalled = new boolean[real.count()];
        boolean[] covered = new boolean[real.count()];
        long[] inside = new long[2];
        overDistances(generated, real, centre, (row, distances) -> {
            boolean precise = false;
            for (int i = 0; i < distances.length; i++) {
                precise |= distances[i] <= realRadii[0][i];
                recalled[i] |= distances[i] <= generatedRadii[row];
                if (distances[i] <= realRadii[1][i]) {
                    covered[i] = true;
                    inside[1]++;
                }
            }
            inside[0] += precise ? 1 : 0;
        });
        return new ManifoldOverlap(
                (double) inside[0] / generated.count(),
                share(recalled),
                (double) inside[1] / ((double) WIDE * generated.count()),
                share(covered));
    }

    private static double share(boolean[] marks) {
        int count = 0;
        for (boolean mark : marks) {
            count += mark ? 1 : 0;
        }
        return (double) count / marks.length;
    }

    /** Squared distances to the k-th nearest other point, a row per k. */
    private static double[][] radii(Features set, double[] centre, int... ks) {
        double[][] radii = new double[ks.length][set.count()];
        overDistances(set, set, centre, (row, distances) -> {
            distances[row] = -1; // itself is the smallest, whatever rounding says
            Arrays.sort(distances);
            for (int i = 0; i < ks.length; i++) {
                radii[i][row] = distances[ks[i]];
            }
        });
        return radii;
    }

    private interface RowTask {
        /** @param distances squared, to every point of the other set; may be changed */
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
