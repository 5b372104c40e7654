package io.inkstone.models.unet;

import io.inkstone.AutoInt;
import io.inkstone.InputException;
import io.inkstone.diffusion.DiffusionProcess;
import io.inkstone.diffusion.LevelDraw;
import io.inkstone.diffusion.LossWeight;
import io.inkstone.diffusion.path.LinearBetaPath;
import io.inkstone.diffusion.target.NoiseTarget;

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
     * @param steps T, the number of noise levels
     * @param betaStart variance of the first step
     * @param betaEnd variance of the last step
     * @param contextDropout share of pictures whose context is zeroed while training, so that guidance works
     */
    public record DiffusionGroup(int steps, double betaStart, double betaEnd, double contextDropout) {
        public DiffusionGroup {
            path(steps, betaStart, betaEnd);
            if (!(contextDropout >= 0 && contextDropout <= 1)) {
                throw new InputException("diffusion.contextDropout lies in [0, 1], got " + contextDropout + ".");
            }
        }

        private static LinearBetaPath path(int steps, double betaStart, double betaEnd) {
            return new LinearBetaPath(steps, betaStart, betaEnd);
        }

        /** What training and sampling agree on. */
        public DiffusionProcess process() {
            return new DiffusionProcess(
                    path(steps, betaStart, betaEnd),
                    steps,
                    new NoiseTarget(),
                    LossWeight.NONE,
                    LevelDraw.uniform(steps));
        }
    }
}
