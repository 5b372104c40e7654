package io.inkstone.diffusion;

import io.inkstone.InputException;
import io.inkstone.Words;

/**
 * Everything that training and sampling must agree on, whatever the network.
 *
 * @param path how much noise there is when
 * @param levels T: training by table index draws from 1…T, grids of indices divide [0, T]
 * @param target what the network answers
 * @param weight how much an error counts
 * @param draw which levels training sees
 */
public record DiffusionProcess(NoisePath path, int levels, Target target, LossWeight weight, LevelDraw draw) {
    /** More than anybody uses; what a table of levels may hold. */
    public static final int MOST_LEVELS = 1_000_000;

    public DiffusionProcess {
        requireLevels(levels);
        // What sampling cannot start from must not be trained.
        target.cleanPerAnswer(path.at(1));
        target.inputTime(path.at(1));
    }

    /** Refuses a number of levels that no path has. */
    public static void requireLevels(int levels) {
        if (levels < 1 || levels > MOST_LEVELS) {
            throw new InputException(
                    Words.of("diffusion.steps, the number of noise levels, is 1 to %,d, got %d.", MOST_LEVELS, levels));
        }
    }
}
