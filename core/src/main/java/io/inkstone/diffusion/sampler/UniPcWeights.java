package io.inkstone.diffusion.sampler;

/**
 * The numbers ρ of UniPC (Zhao et al. 2023, theorem 3.1): Σ_i ρ_i·r_i^{k−1} = b_k for k = 1…p with b_k = k!·φ_{k+1}(−h)·(−h)/
 * (e^{−h} − 1), where φ_1(x) = (e^x − 1)/x and φ_{k+1}(x) = (φ_k(x) − 1/k!)/x.
 */
final class UniPcWeights {
    private UniPcWeights() {}

    /** ρ for older guesses at {@code ratios}; that of a single one is ½ in the published code, for any h. */
    static double[] predictor(double[] ratios, double length) {
        return ratios.length == 1 ? new double[] {0.5} : solved(ratios, length);
    }

    /** ρ for the same, and last for the guess at the step's end (r = 1). */
    static double[] corrector(double[] ratios, double length) {
        double[] all = java.util.Arrays.copyOf(ratios, ratios.length + 1);
        all[ratios.length] = 1;
        return all.length == 1 ? new double[] {0.5} : solved(all, length);
    }

    private static double[] solved(double[] ratios, double length) {
        int size = ratios.length;
        double[][] rows = new double[size][size + 1];
        double x = -length;
        double first = Math.expm1(x);
        double phi = first / x - 1;
        double factorial = 1;
        for (int k = 0; k < size; k++) {
            for (int i = 0; i < size; i++) {
                rows[k][i] = Math.pow(ratios[i], k);
            }
            rows[k][size] = phi * factorial / first;
            factorial *= k + 2;
            phi = phi / x - 1 / factorial;
        }
        return eliminated(rows);
    }

    /** Gauss's elimination; the ratios differ, so that no pivot of a Vandermonde matrix vanishes. */
    private static double[] eliminated(double[][] rows) {
        int size = rows.length;
        for (int pivot = 0; pivot < size; pivot++) {
            for (int row = 0; row < size; row++) {
                double factor = rows[row][pivot] / rows[pivot][pivot];
                for (int column = pivot; row != pivot && column <= size; column++) {
                    rows[row][column] -= factor * rows[pivot][column];
                }
            }
        }
        double[] solution = new double[size];
        for (int i = 0; i < size; i++) {
            solution[i] = rows[i][size] / rows[i][i];
        }
        return solution;
    }
}
