package io.inkstone.diffusion.sampler;

/**
 * What each guess counts in a step of DPM-Solver++ (Lu et al. 2022, eq. 4.1 and appendix B), but for α at its end. With H = (1 + η)·h,
 * F = 1 − e^{−H} and the differences D₁ and D₂ of the guesses along λ, in units of the step, the step adds
 *
 * <pre>F·m₀ + (1 − F/H)·D₁ + (½ − (H − F)/H²)·D₂</pre>
 *
 * and the midpoint form of two guesses F·(m₀ + D₁/2).
 */
final class DpmSolverWeights {
    private DpmSolverWeights() {}

    /**
     * @param lambdas of the one to three guesses, newest first
     * @param length h, which may be infinite for a single guess
     */
    static double[] of(double[] lambdas, double length, double eta, DpmSolverPlusPlusSampler.Form form) {
        double whole = (1 + eta) * length;
        double newest = -Math.expm1(-whole);
        if (lambdas.length == 1) {
            return new double[] {newest};
        }
        double slope = 1 - newest / whole;
        double first = (lambdas[0] - lambdas[1]) / length;
        if (lambdas.length == 2) {
            double line = (form == DpmSolverPlusPlusSampler.Form.HEUN ? slope : newest / 2) / first;
            return new double[] {newest + line, -line};
        }
        double second = (lambdas[1] - lambdas[2]) / length;
        double bend = (0.5 - (whole - newest) / (whole * whole)) / (first + second);
        double tilt = slope * first / (first + second);
        double near = (slope + tilt + bend) / first;
        double far = (tilt + bend) / second;
        return new double[] {newest + near, -near - far, far};
    }
}
