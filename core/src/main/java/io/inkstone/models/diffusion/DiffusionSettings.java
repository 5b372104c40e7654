package io.inkstone.models.diffusion;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.inkstone.AutoInt;
import io.inkstone.InputException;
import io.inkstone.diffusion.DiffusionProcess;
import io.inkstone.diffusion.NoisePath;
import io.inkstone.diffusion.path.ZeroTerminalPath;
import io.inkstone.layers.Norm;
import io.inkstone.models.captioned.TextKeys;
import java.util.List;

/**
 * The recipe keys of diffusion models, whichever network removes the noise.
 *
 * @param model which network
 * @param diffusion the noise, and what the network is told and asked of it
 * @param objective what training minimises
 * @param draw how it draws where nobody says otherwise
 */
public record DiffusionSettings(ModelGroup model, DiffusionGroup diffusion, ObjectiveGroup objective, DrawGroup draw) {
    public DiffusionSettings {
        diffusion.process(); // what does not go together is refused while the recipe is read
        if (draw.guidance() != 1 && model.conditional() && diffusion.contextDropout() == 0) {
            throw new InputException(
                    "draw.guidance leads away from pictures without a class, and diffusion.contextDropout=0 shows none: leave draw.guidance at 1, or train with diffusion.contextDropout=0.1.");
        }
    }

    /** Trained to tell noise from pictures, and drawing by DDIM. */
    public DiffusionSettings(ModelGroup model, DiffusionGroup diffusion) {
        this(model, diffusion, ObjectiveGroup.USUAL, DrawGroup.USUAL);
    }

    /**
     * What tunes a network that was trained with {@code trained}: its own network and noise, and from here what is minimised,
     * at which levels, and how it draws.
     */
    public DiffusionSettings tuning(DiffusionSettings trained) {
        return new DiffusionSettings(
                trained.model(),
                trained.diffusion().seen(diffusion.levels(), diffusion.contextDropout()),
                objective,
                draw);
    }

    /** The same with another network. */
    DiffusionSettings with(ModelGroup other) {
        return new DiffusionSettings(other, diffusion, objective, draw);
    }

    /**
     * Each network has a record of its own keys; in a recipe all of them stand side by side, and those of the other network
     * are left alone.
     *
     * @param network which one
     * @param width n, features at full size
     * @param conditional whether it learns from the labels; without, the context is always zero
     * @param context keys of the published network
     * @param modern keys of the modern network, and of the captioned one
     * @param text keys of the captioned network's text encoder
     */
    @JsonPropertyOrder({"network", "width", "context", "conditional", "modern", "text"})
    public record ModelGroup(
            NetworkChoice network,
            int width,
            boolean conditional,
            @JsonUnwrapped ContextKeys context,
            @JsonUnwrapped ModernKeys modern,
            TextKeys text) {
        /** The published network. */
        public static ModelGroup context(int width, ContextKeys keys, boolean conditional) {
            return new ModelGroup(NetworkChoice.CONTEXT, width, conditional, keys, ModernKeys.USUAL, TextKeys.USUAL);
        }

        /** Another network of another width. */
        ModelGroup with(NetworkChoice otherNetwork, int otherWidth) {
            return new ModelGroup(otherNetwork, otherWidth, conditional, context, modern, text);
        }

        public ModelGroup with(ModernKeys other) {
            return new ModelGroup(NetworkChoice.MODERN, width, conditional, context, other, text);
        }

        ModelGroup with(ContextKeys other) {
            return new ModelGroup(network, width, conditional, other, modern, text);
        }

        /** Told words, by the text encoder that it says. */
        ModelGroup reading() {
            return new ModelGroup(network, width, false, context, modern, text.fitted());
        }

        ModelGroup withConditional(boolean other) {
            return new ModelGroup(network, width, other, context, modern, text);
        }
    }

    /**
     * Keys of the context network.
     *
     * @param pool side of the innermost pool; auto is a quarter of the picture's side
     * @param up0 whether the map on the way up grows again from the innermost vector; without, the innermost map itself
     *     goes up
     */
    public record ContextKeys(AutoInt pool, boolean up0) {
        public static final ContextKeys PUBLISHED = new ContextKeys(AutoInt.AUTO, true);
    }

    /**
     * Keys of the modern network.
     *
     * @param multipliers features of each level in widths
     * @param blocks residual blocks of a level on each way
     * @param attention levels, from 0, with self-attention
     * @param patch side of the squares of pixels that become one place, a power of two; 1 for none
     * @param norm of its residual blocks
     * @param dropout probability inside its residual blocks
     */
    public record ModernKeys(
            List<Integer> multipliers, int blocks, List<Integer> attention, int patch, Norm norm, double dropout) {
        public static final ModernKeys USUAL = new ModernKeys(List.of(1, 2, 2), 1, List.of(2), 1, Norm.GROUP, 0);

        public ModernKeys {
            multipliers = List.copyOf(multipliers);
            attention = List.copyOf(attention);
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

        /** The same with other levels and another share of dropped contexts. */
        DiffusionGroup seen(LevelsChoice otherLevels, double otherDropout) {
            return new DiffusionGroup(
                    path,
                    steps,
                    betaStart,
                    betaEnd,
                    sigmaMin,
                    sigmaMax,
                    zeroTerminalSnr,
                    target,
                    sigmaData,
                    lossWeight,
                    otherLevels,
                    otherDropout);
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
