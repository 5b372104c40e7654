package io.inkstone.models.unet;

import io.inkstone.layers.Layer;
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
     * @param context [N, c] or [1, c]; zeros for none
     * @return the answer [N, channels, h, h]; may be bfloat16 inside a bfloat16 pass
     */
    Tensor apply(Tensor noisy, Tensor time, Tensor context);
}
