package io.inkstone.diffusion.scheduler;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.diffusion.TimeGrid;

/**
 * Times on the straight path, moved towards noise by s·t/(1 + (s − 1)·t) (Esser et al. 2024, section 5.3.2, eq. 23). As diffusers
 * has it: even between the shifted ends of a table of T levels, and then shifted once more.
 *
 * @param levels T
 * @param shift s; 1 leaves the times even
 */
record ShiftedFlowGrid(int levels, double shift) implements TimeGrid {
    ShiftedFlowGrid {
        if (!(shift > 0 && Double.isFinite(shift)) || levels < 2) {
            throw new InputException(Words.of(
                    "The scheduler's shift is a number above 0 and its num_train_timesteps at least 2, got %s and %d.",
                    shift, levels));
        }
    }

    @Override
    public double[] times(int steps) {
        Spacing.requireSteps(steps, levels);
        double last = shifted(1.0 / levels);
        double[] times = new double[steps + 1];
        for (int k = 0; k < steps; k++) {
            times[k] = shifted(steps == 1 ? 1 : 1 + (last - 1) * k / (steps - 1));
        }
        return times;
    }

    private double shifted(double time) {
        return shift * time / (1 + (shift - 1) * time);
    }
}
