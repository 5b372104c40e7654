package io.inkstone.models.diffusion;

import io.inkstone.AutoInt;
import io.inkstone.InputException;
import io.inkstone.diffusion.DiffusionProcess;
import io.inkstone.diffusion.NoisePath;
import io.inkstone.diffusion.path.ZeroTerminalPath;
import io.inkstone.layers.Norm;
import java.util.List;

/** The recipe keys of diffusion models, whichever network removes the noise. */
public record DiffusionSettings(ModelGroup model, DiffusionGroup diffusion) {
    public DiffusionSettings {
        diffusion.process(); // what does not go together is refused while the recipe is read
    }

    /**
     * @param network which one
     * @param width n, features at full size
     * @param pool context network: side of the innermost pool; auto is a quarter of the picture's side
     * @param up0 context network: whether the map on the way up grows again from the innermost vector; without, the
     *     innermost map itself goes up
     * @param conditional whether it learns from the labels; without, the context is always zero
     * @param multipliers modern network: features of each level in widths
     * @param blocks modern network: residual blocks of a level on each way
     * @param attention modern network: levels, from 0, with self-attention
     * @param patch modern network: side of the squares of pixels that become one place, a power of two; 1 for none
     * @param norm modern network: of its residual blocks
     * @param dropout modern network: probability inside its residual blocks
     */
    public record ModelGroup(
            NetworkChoice network,
            int width,
            AutoInt pool,
            boolean up0,
            boolean conditional,
            List<Integer> multipliers,
            int blocks,
            List<Integer> attention,
            int patch,
            Norm norm,
            double dropout) {
        public ModelGroup {
            multipliers = List.copyOf(multipliers);
            attention = List.copyOf(attention);
        }

        /** The published network. */
        public static ModelGroup context(int width, AutoInt pool, boolean up0, boolean conditional) {
            return new ModelGroup(
                    NetworkChoice.CONTEXT,
                    width,
                    pool,
                    up0,
                    conditional,
                    List.of(1, 2, 2),
                    1,
                    List.of(2),
                    1,
                    Norm.GROUP,
                    0);
        }

        /** The modern network with this group's other keys. */
        public ModelGroup modern() {
            return with(NetworkChoice.MODERN, width, pool, up0, conditional);
        }

        ModelGroup withPool(AutoInt other) {
            return with(network, width, other, up0, conditional);
        }

        ModelGroup withConditional(boolean other) {
            return with(network, width, pool, up0, other);
        }

        ModelGroup with(
                NetworkChoice otherNetwork, int otherWidth, AutoInt otherPool, boolean otherUp0, boolean otherTold) {
            return new ModelGroup(
                    otherNetwork,
                    otherWidth,
                    otherPool,
                    otherUp0,
                    otherTold,
                    multipliers,
                    blocks,
                    attention,
                    patch,
                    norm,
                    dropout);
        }
    }

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
        }

        /** What training and sampling agree on; refuses with a sentence what does not go together. */
        public DiffusionProcess process() {
            DiffusionProcess.requireLevels(steps);
            NoisePath chosen = path.create(this);
            NoisePath moved = zeroTerminalSnr ? new ZeroTerminalPath(chosen, steps) : chosen;
            return new DiffusionProcess(
                    moved, steps, target.create(this), lossWeight.create(this), levels.create(moved, steps));
        }
    }
}
