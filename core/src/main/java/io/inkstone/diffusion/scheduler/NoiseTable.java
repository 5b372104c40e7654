package io.inkstone.diffusion.scheduler;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.function.IntToDoubleFunction;

/**
 * ᾱ at the timesteps 0…T−1 of a scheduler: the product of (1 − β). Everything is float64, where diffusers keeps float32.
 *
 * @param alphaBar [T], descending
 */
record NoiseTable(double[] alphaBar) {
    /** The most that one step of a cosine table may take (Nichol and Dhariwal 2021, section 3.2). */
    private static final double LARGEST_BETA = 0.999;

    private static final double COSINE_OFFSET = 0.008;
    private static final double SIGMOID_END = 6;
    private static final int MOST_TIMESTEPS = 1_000_000;

    /** The table that {@code beta_schedule} and its numbers describe. */
    static NoiseTable of(SchedulerFields fields) {
        double[] given = fields.numbers("trained_betas");
        int steps = given.length > 0 ? given.length : fields.whole("num_train_timesteps");
        if (steps < 2 || steps > MOST_TIMESTEPS) {
            throw new InputException(Words.of(
                    "The scheduler's num_train_timesteps is %d: 2 to %,d were expected.", steps, MOST_TIMESTEPS));
        }
        double[] alphaBar = product(steps, given.length > 0 ? i -> given[i] : betas(fields, steps));
        return new NoiseTable(fields.flag("rescale_betas_zero_snr") ? zeroTerminal(alphaBar) : alphaBar);
    }

    private static IntToDoubleFunction betas(SchedulerFields fields, int steps) {
        String schedule = fields.word("beta_schedule", "linear", "scaled_linear", "squaredcos_cap_v2", "sigmoid");
        double first = fields.number("beta_start");
        double last = fields.number("beta_end");
        return switch (schedule) {
            case "linear" -> i -> between(first, last, i, steps);
            case "scaled_linear" ->
                i -> {
                    double root = between(Math.sqrt(first), Math.sqrt(last), i, steps);
                    return root * root;
                };
            case "sigmoid" ->
                i -> first + (last - first) / (1 + Math.exp(-between(-SIGMOID_END, SIGMOID_END, i, steps)));
            default -> i -> Math.min(LARGEST_BETA, 1 - cosine((i + 1.0) / steps) / cosine((double) i / steps));
        };
    }

    private static double between(double first, double last, int i, int steps) {
        return first + (last - first) * i / (steps - 1);
    }

    private static double cosine(double time) {
        double cosine = Math.cos((time + COSINE_OFFSET) / (1 + COSINE_OFFSET) * Math.PI / 2);
        return cosine * cosine;
    }

    private static double[] product(int steps, IntToDoubleFunction beta) {
        double[] alphaBar = new double[steps];
        double product = 1;
        for (int i = 0; i < steps; i++) {
            double taken = beta.applyAsDouble(i);
            if (!(taken > 0 && taken < 1)) {
                throw new InputException(Words.of(
                        "The scheduler's β at timestep %d is %s: numbers above 0 and below 1 were expected (beta_start, beta_end, trained_betas).",
                        i, taken));
            }
            product *= 1 - taken;
            alphaBar[i] = product;
        }
        return alphaBar;
    }

    /** Lin et al. 2024, algorithm 1. */
    private static double[] zeroTerminal(double[] alphaBar) {
        int end = alphaBar.length - 1;
        double first = Math.sqrt(alphaBar[0]);
        double last = Math.sqrt(alphaBar[end]);
        double[] moved = new double[end + 1];
        for (int i = 0; i <= end; i++) {
            double alpha = (Math.sqrt(alphaBar[i]) - last) * first / (first - last);
            moved[i] = alpha * alpha;
        }
        return moved;
    }

    /** The same with {@code least} in place of a last ᾱ of 0, so that σ/α stays a number. */
    NoiseTable endingAt(double least) {
        double[] moved = alphaBar.clone();
        moved[moved.length - 1] = Math.max(least, moved[moved.length - 1]);
        return new NoiseTable(moved);
    }

    /** T. */
    int steps() {
        return alphaBar.length;
    }

    /** σ/α at a whole timestep; infinite where no signal is left. */
    double ratio(int timestep) {
        return Math.sqrt((1 - alphaBar[timestep]) / alphaBar[timestep]);
    }

    /** σ/α at a timestep in [0, T − 1], linear between whole ones. */
    double ratio(double timestep) {
        int below = (int) Math.min(Math.floor(timestep), steps() - 1);
        double part = timestep - below;
        return part == 0 ? ratio(below) : ratio(below) + part * (ratio(below + 1) - ratio(below));
    }

    /** The timestep at which σ/α is {@code ratio}, linear in its logarithm between whole ones; held inside the table. */
    double timestep(double ratio) {
        int below = 0;
        int above = steps() - 1;
        while (above - below > 1) {
            int middle = (below + above) >>> 1;
            if (ratio(middle) <= ratio) {
                below = middle;
            } else {
                above = middle;
            }
        }
        double low = Math.log(ratio(below));
        double part = (Math.log(ratio) - low) / (Math.log(ratio(above)) - low);
        return below + Math.min(1, Math.max(0, part));
    }

    /** How many timesteps have λ = −ln(σ/α) below {@code lambda}: they are at the noisy end. */
    int below(double lambda) {
        int count = 0;
        for (int i = 0; i < steps(); i++) {
            count += -Math.log(ratio(i)) < lambda ? 1 : 0;
        }
        return count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoiseTable table && java.util.Arrays.equals(alphaBar, table.alphaBar);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(alphaBar);
    }
}
