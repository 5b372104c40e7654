package io.inkstone.diffusion.scheduler;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * {@code timestep_spacing}: which of the timesteps 0…T−1 are visited (Lin et al. 2024, table 2). All round halves to the even
 * number, as numpy does.
 */
enum Spacing {
    /** Every ⌊T/n⌋-th from the offset up. */
    LEADING {
        @Override
        double[] timesteps(int levels, int steps, int offset) {
            int stride = levels / steps;
            return descending(steps, k -> (double) k * stride + offset);
        }
    },
    /** T/n apart from the last one down; the offset has no part in it. */
    TRAILING {
        @Override
        double[] timesteps(int levels, int steps, int offset) {
            double stride = (double) levels / steps;
            return descending(steps, k -> Math.rint(levels - (steps - 1 - k) * stride) - 1);
        }
    },
    /** From the first to the last, fractional ones too. */
    LINSPACE {
        @Override
        double[] timesteps(int levels, int steps, int offset) {
            double stride = steps == 1 ? 0 : (levels - 1.0) / (steps - 1);
            return descending(steps, k -> k == steps - 1 && k > 0 ? levels - 1 : k * stride);
        }
    };

    /**
     * @param levels T
     * @param steps n
     * @param offset {@code steps_offset}
     * @return n timesteps, the noisiest first
     */
    abstract double[] timesteps(int levels, int steps, int offset);

    /** The same, whole numbers. */
    double[] whole(int levels, int steps, int offset) {
        return Arrays.stream(timesteps(levels, steps, offset)).map(Math::rint).toArray();
    }

    /** Whole numbers by dividing the levels as for one step more, whose last one is left out; trailing ones as they are. */
    double[] withoutLast(int levels, int steps, int offset) {
        return this == TRAILING ? whole(levels, steps, offset) : Arrays.copyOf(whole(levels, steps + 1, offset), steps);
    }

    private static double[] descending(int steps, java.util.function.IntToDoubleFunction timestep) {
        return IntStream.range(0, steps)
                .mapToDouble(i -> timestep.applyAsDouble(steps - 1 - i))
                .toArray();
    }

    static Spacing of(SchedulerFields fields) {
        String word = fields.word("timestep_spacing", "leading", "trailing", "linspace");
        return valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }

    /** Refuses more steps than a table has, before anything is divided by them. */
    static void requireSteps(int steps, int levels) {
        if (steps < 1 || steps > levels) {
            throw new InputException(
                    Words.of("This scheduler has %d timesteps: choose 1 to %d steps, got %d.", levels, levels, steps));
        }
    }
}
