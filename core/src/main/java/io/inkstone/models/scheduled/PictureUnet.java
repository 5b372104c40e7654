package io.inkstone.models.scheduled;

import io.inkstone.condition.Told;
import io.inkstone.image.Size;
import io.inkstone.image.Sizes;
import io.inkstone.layers.Layer;
import io.inkstone.models.conditional.ConditionalUnet;
import io.inkstone.models.conditional.Prompted;
import io.inkstone.models.unet.DiffusionNetwork;
import org.bytedeco.pytorch.Tensor;

/**
 * A U-Net that is told the time alone, counted in timesteps 0…T−1.
 *
 * @param unet reads no text
 * @param size of the pictures it is built for
 * @param reduction how many times smaller the innermost maps are
 */
record PictureUnet(ConditionalUnet unet, Size size, int reduction) implements DiffusionNetwork {
    @Override
    public Layer layer() {
        return unet;
    }

    @Override
    public int channels() {
        return unet.shape().in();
    }

    @Override
    public Sizes sizes() {
        return Sizes.multiplesOf(reduction);
    }

    @Override
    public int classes() {
        return 1;
    }

    @Override
    public Tensor apply(Tensor noisy, Tensor time, Told told) {
        require(noisy, time, told);
        return unet.apply(noisy, time, Prompted.nothing());
    }
}
