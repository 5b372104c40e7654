package io.inkstone.diffusion.path;

/**
 * The cosine path (Nichol and Dhariwal 2021, eq. 17): ᾱ_t = f(t)/f(0) with f(t) = cos²((t/T + s)/(1 + s)·π/2) and s =
 * 0.008; no step takes more than β = 0.999. Small pictures keep their signal longer than on the linear path.
 */
public final class CosinePath extends TablePath {
    private static final double OFFSET = 0.008;

    /** @param steps T, the number of noise levels */
    public CosinePath(int steps) {
        super(cumulative(steps, i -> Math.min(LARGEST_BETA, 1 - f((double) i / steps) / f((double) (i - 1) / steps))));
    }

    private static double f(double time) {
        double cosine = Math.cos((time + OFFSET) / (1 + OFFSET) * Math.PI / 2);
        return cosine * cosine;
    }
}
