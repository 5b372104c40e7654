package io.inkstone.models.unet;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.condition.Told;
import io.inkstone.layers.Layer;
import io.inkstone.tensor.Shapes;
import org.bytedeco.pytorch.Tensor;

/**
 * A network that diffusion trains and samples from. It knows its shapes, and nothing of paths, targets and samplers:
 * what it is shown, told and asked for is decided by {@link io.inkstone.diffusion.Target}.
 */
public interface DiffusionNetwork {
    /** Its parameters. */
    Layer layer();

    /** C: of the pictures (or latents) that it takes and answers. */
    int channels();

    /** h: height and width of the pictures it is built for. */
    int side();

    /** c: size of the context, 1 or more; networks without classes get a context of one zero. */
    int classes();

    /**
     * @param noisy pictures [N, channels, h, h]
     * @param time what the target tells of the level, numbers of the order of 1: N values, or one for the whole batch
     * @param told its vector is [N, c] or [1, c]; zeros for none
     * @return the answer [N, channels, h, h]; may be bfloat16 inside a bfloat16 pass
     */
    Tensor apply(Tensor noisy, Tensor time, Told told);

    /** Refuses what this network was not built for, before native code meets it. */
    default void require(Tensor noisy, Tensor time, Told told) {
        Shapes.require("U-Net pictures", noisy, Shapes.ANY, channels(), side(), side());
        Shapes.require("U-Net context", told.vector(), Shapes.ANY, classes());
        if (time.numel() != 1 && time.numel() != noisy.size(0)) {
            throw new InputException(Words.of("U-Net times: expected %d or 1, got %d.", noisy.size(0), time.numel()));
        }
    }
}
