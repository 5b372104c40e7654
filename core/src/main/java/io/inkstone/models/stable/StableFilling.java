package io.inkstone.models.stable;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.models.conditional.ConditionalUnet;
import io.inkstone.tensor.Tensors;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** Networks that fill in parts of pictures see, beside the noise, a mask and the latents of what stays. */
final class StableFilling {
    private StableFilling() {}

    /** Whether {@code unet} is such a one. */
    static boolean sees(ConditionalUnet unet) {
        return unet.shape().in() != unet.shape().out();
    }

    /** Refuses one that takes no mask. */
    static void requireSees(ConditionalUnet unet) {
        if (!sees(unet)) {
            throw new InputException(Words.of(
                    "This model takes no mask: its U-Net has %d input channels, one that fills in has 9.",
                    unet.shape().in()));
        }
    }

    /** Refuses to draw with one that is shown nothing. */
    static void requireShown(ConditionalUnet unet, Optional<Tensor> beside) {
        if (unet.shape().in() > unet.shape().out() && beside.isEmpty()) {
            throw new InputException(
                    "This model fills in parts of pictures: it wants a picture and a mask beside the prompt (inpaint).");
        }
    }

    /**
     * What it sees, [N, 1 + c, h, w].
     *
     * @param pictures [N, 3, H, W] in the model's range
     * @param open true where they may change
     * @param places the same in latents
     */
    static Tensor maps(LatentCoder coder, Tensor pictures, Tensor open, Tensor places) {
        Tensor closed = pictures.mul(open.logical_not().to(pictures.scalar_type()));
        Tensor mask = places.to(pictures.scalar_type()).expand(pictures.size(0), 1, places.size(2), places.size(3));
        return Tensors.concatenate(1, mask, coder.encode(closed));
    }
}
