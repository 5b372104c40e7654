package io.inkstone.diffusion.scheduler;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.NoisePath;
import io.inkstone.diffusion.TimeGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The levels that a scheduler visits. What the network is told of a level and how noisy it is come apart where the noise is
 * spread by a rule of its own: schedulers that round then tell the nearest whole timestep.
 *
 * @param path of the scheduler's table
 * @param visits n → n timesteps, the noisiest first
 * @param spread of the noise over them
 * @param range between which levels it is spread
 * @param end where the last step leads
 */
record TimestepGrid(TimestepPath path, IntFunction<double[]> visits, Spread spread, Range range, End end)
        implements TimeGrid {
    /** Between which levels noise is spread, and what the network is told of them. */
    enum Range {
        /** Those that the timesteps visit; fractional timesteps. */
        VISITED,
        /** The whole table; fractional timesteps, of which whole parts are told. */
        WHOLE_CUT,
        /** The whole table; the nearest timesteps. */
        WHOLE_ROUNDED
    }

    /** Where the last step leads. */
    enum End {
        CLEAN,
        /** To timestep 0, which keeps a little noise. */
        FIRST_TIMESTEP
    }

    @Override
    public double[] times(int steps) {
        return levels(path, steps).stream().mapToDouble(Level::time).toArray();
    }

    /** @param onto the scheduler's own path; its levels are not those of another */
    @Override
    public List<Level> levels(NoisePath onto, int steps) {
        NoiseTable table = path.table();
        Spacing.requireSteps(steps, table.steps());
        List<Level> levels = new ArrayList<>();
        double before = Double.POSITIVE_INFINITY;
        for (double[] visit : visited(table, steps)) {
            if (!(visit[1] < before) && !levels.isEmpty()) {
                throw new InputException(Words.of(
                        "In %d steps this scheduler would stand still at timestep %s: take fewer.", steps, visit[0]));
            }
            before = visit[1];
            levels.add(path.level(visit[0], visit[1]));
        }
        levels.add(end == End.CLEAN ? new Level(0, 1, 0) : path.level(0, table.ratio(0)));
        return levels;
    }

    /** Timestep and σ/α of each visit. */
    private List<double[]> visited(NoiseTable table, int steps) {
        double[] timesteps = visits.apply(steps);
        for (double timestep : timesteps) {
            if (!(timestep >= 0 && timestep <= table.steps() - 1)) {
                throw new InputException(Words.of(
                        "In %d steps this scheduler would start at timestep %s, and the network knows 0 to %d: take fewer.",
                        steps, timestep, table.steps() - 1));
            }
        }
        List<double[]> visited = new ArrayList<>();
        double highest = range == Range.VISITED ? table.ratio(timesteps[0]) : table.ratio(table.steps() - 1);
        double lowest = table.ratio(range == Range.VISITED ? timesteps[steps - 1] : 0.0);
        for (int k = 0; k < steps; k++) {
            if (spread == Spread.NONE) {
                visited.add(new double[] {timesteps[k], table.ratio(timesteps[k])});
            } else {
                double ratio = spread.at(highest, lowest, steps == 1 ? 0 : (double) k / (steps - 1));
                visited.add(new double[] {told(table.timestep(ratio)), ratio});
            }
        }
        return visited;
    }

    private double told(double timestep) {
        return switch (range) {
            case VISITED -> timestep;
            case WHOLE_CUT -> Math.floor(timestep);
            case WHOLE_ROUNDED -> Math.rint(timestep);
        };
    }
}
