package io.inkstone.diffusion;

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
    public DiffusionProcess {
        // What sampling cannot start from must not be trained.
        target.cleanPerAnswer(path.at(1));
        target.inputTime(path.at(1));
    }
}
