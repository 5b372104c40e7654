package io.inkstone.models.unet;

import io.inkstone.AutoInt;
import io.inkstone.InputException;
import io.inkstone.diffusion.DiffusionProcess;
import io.inkstone.diffusion.NoisePath;
import io.inkstone.diffusion.path.ZeroTerminalPath;

/** The recipe keys of the context U-Net diffusion model. */
public record DiffusionSettings(ModelGroup model, DiffusionGroup diffusion) {
    /**
     * @param width n, features at full size
     * @param pool side of the innermost pool; auto is a quarter of the picture's side
     * @param up0 whether the map on the way up grows again from the innermost vector; without, the innermost map itself goes up
     * @param conditional whether it learns from the labels; without, the context is always zero
     */
    public record ModelGroup(int width, AutoInt pool, boolean up0, boolean conditional) {}

    /**
     * @param path how much noise there is when
     * @param steps T, the number of noise levels
     * @param betaStart variance of the first step, on the paths linear and scaled-linear
     * @param betaEnd variance of the last step, likewise
     * @param sigmaMin noise of the first level, on the path edm
     * @param sigmaMax noise of the last level, likewise
     * @param zeroTerminalSnr move the path's end to pure noise
     * @param target what the network answers
     * @param sigmaData deviation of the pictures' values, for the target and the weight of EDM
     * @param lossWeight how much an error counts at each level
     * @param levels which levels training draws
     * @param contextDropout share of pictures whose context is zeroed while training, so that guidance works
     */
    public record DiffusionGroup(
            PathChoice path,
            int steps,
            double betaStart,
            double betaEnd,
            double sigmaMin,
            double sigmaMax,
            boolean zeroTerminalSnr,
            TargetChoice target,
            double sigmaData,
            WeightChoice lossWeight,
            LevelsChoice levels,
            double contextDropout) {
        /** T = 500 levels from β = 1e-4 to 0.02, predicting noise. */
        public static final DiffusionGroup PUBLISHED = new DiffusionGroup(
                PathChoice.LINEAR,
                500,
                1e-4,
                0.02,
                0.002,
                80,
                false,
                TargetChoice.NOISE,
                0.5,
                WeightChoice.NONE,
                LevelsChoice.UNIFORM,
                0.1);

        public DiffusionGroup {
            if (!(contextDropout >= 0 && contextDropout <= 1)) {
                throw new InputException("diffusion.contextDropout lies in [0, 1], got " + contextDropout + ".");
            }
            if (steps < 1) {
                throw new InputException("diffusion.steps must be 1 or more, got " + steps + ".");
            }
        }

        /** What training and sampling agree on; refuses with a sentence what does not go together. */
        public DiffusionProcess process() {
            NoisePath chosen = path.create(this);
            NoisePath moved = zeroTerminalSnr ? new ZeroTerminalPath(chosen, steps) : chosen;
            return new DiffusionProcess(
                    moved, steps, target.create(this), lossWeight.create(this), levels.create(moved, steps));
        }
    }
}
