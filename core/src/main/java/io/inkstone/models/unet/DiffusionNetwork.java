package io.inkstone.models.unet;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.condition.ClassEncoder;
import io.inkstone.condition.ConditionEncoder;
import io.inkstone.condition.Told;
import io.inkstone.image.Size;
import io.inkstone.image.Sizes;
import io.inkstone.layers.Layer;
import io.inkstone.tensor.Shapes;
import java.util.List;
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

    /** h and w: of the pictures it is built for. */
    Size size();

    /** Which other pictures it takes. */
    default Sizes sizes() {
        return Sizes.only(size());
    }

    /** c: width of the vector that it is told, 1 or more; networks without classes are told one zero. */
    int classes();

    /**
     * How it is told what pictures show.
     *
     * @param names of the classes that the model learns from; empty for none
     */
    default ConditionEncoder conditions(List<String> names) {
        return new ClassEncoder(names, classes(), layer()::device);
    }

    /**
     * @param noisy pictures [N, channels, h, w]
     * @param time what the target tells of the level, numbers of the order of 1: N values, or one for the whole batch
     * @param told its vector is [N, c] or [1, c]; zeros for none
     * @return the answer [N, channels, h, w]; may be bfloat16 inside a bfloat16 pass
     */
    Tensor apply(Tensor noisy, Tensor time, Told told);

    /** Refuses what this network was not built for, before native code meets it. */
    default void require(Tensor noisy, Tensor time, Told told) {
        Shapes.require("U-Net pictures", noisy, Shapes.ANY, channels(), Shapes.ANY, Shapes.ANY);
        sizes().require("U-Net", new Size((int) noisy.size(2), (int) noisy.size(3)));
        Shapes.require("U-Net context", told.vector(), Shapes.ANY, classes());
        if (time.numel() != 1 && time.numel() != noisy.size(0)) {
            throw new InputException(Words.of("U-Net times: expected %d or 1, got %d.", noisy.size(0), time.numel()));
        }
    }
}
