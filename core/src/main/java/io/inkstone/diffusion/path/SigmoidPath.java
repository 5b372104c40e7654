package io.inkstone.diffusion.path;

/**
 * The sigmoid path (Jabri et al. 2022; Chen 2023, section 2.1): ᾱ_t = (s(3) − s(6·t/T − 3))/(s(3) − s(−3)) with the logistic function
 * s; no step takes more than β = 0.999. Gentler at both ends than the cosine, made for larger pictures.
 */
public final class SigmoidPath extends TablePath {
    private static final double START = -3;
    private static final double END = 3;

    /** @param steps T, the number of noise levels */
    public SigmoidPath(int steps) {
        super(cumulative(
                steps,
                i -> Math.min(LARGEST_BETA, 1 - remaining((double) i / steps) / remaining((double) (i - 1) / steps))));
    }

    /** ᾱ but for a factor. */
    private static double remaining(double time) {
        return logistic(END) - logistic(START + (END - START) * time);
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
