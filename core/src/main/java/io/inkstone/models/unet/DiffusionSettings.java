package io.inkstone.models.unet;

import io.inkstone.AutoInt;
import io.inkstone.InputException;
import io.inkstone.diffusion.DiffusionProcess;
import io.inkstone.diffusion.LevelDraw;
import io.inkstone.diffusion.LossWeight;
import io.inkstone.diffusion.path.LinearBetaPath;
import io.inkstone.diffusion.target.NoiseTarget;
import io.inkstone.layers.Norm;
import java.util.List;

/** The recipe keys of the context U-Net diffusion model. */
public record DiffusionSettings(ModelGroup model, DiffusionGroup diffusion) {
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
     * @param patch modern network: side of the squares of pixels that become one place; 1 for none
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
