package io.inkstone.models.captioned;

import io.inkstone.condition.ConditionEncoder;
import io.inkstone.condition.Told;
import io.inkstone.image.Size;
import io.inkstone.image.Sizes;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.models.clip.ClipTextEncoder;
import io.inkstone.models.unet.DiffusionNetwork;
import io.inkstone.models.unet.ModernShape;
import io.inkstone.models.unet.ModernUnet;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * A {@link ModernUnet} that is told captions, and the text encoder that reads them: latent diffusion from words as in Rombach et al.
 * 2022, section 3.3, with the encoder trained along, or a given one that stays as it is. Every attention looks at the states of all ids; what the text says as a whole,
 * the state at its end, goes to every residual block beside the time (as in Nichol et al. 2021, "GLIDE", section 4). Children text
 * ({@link ClipTextEncoder}), unless it is given, and unet.
 */
public final class CaptionedUnet extends Layer implements DiffusionNetwork {
    private final ModernUnet unet;
    private final CaptionConditions conditions;

    /** @param shape of the U-Net without a text */
    public CaptionedUnet(Initializer init, ModernShape shape, TextKeys keys) {
        Optional<ClipTextEncoder> text =
                keys.given() ? Optional.empty() : Optional.of(new ClipTextEncoder(init, keys.shape()));
        text.ifPresent(own -> child("text", own));
        unet = child("unet", new ModernUnet(init, shape.reading(keys.width())));
        conditions = new CaptionConditions(text, keys, this::device);
    }

    @Override
    public Layer layer() {
        return this;
    }

    @Override
    public int channels() {
        return unet.channels();
    }

    @Override
    public Size size() {
        return unet.size();
    }

    @Override
    public Sizes sizes() {
        return unet.sizes();
    }

    /** The width of what a text says as a whole. */
    @Override
    public int classes() {
        return unet.classes();
    }

    /** It reads words, and knows no classes. */
    @Override
    public ConditionEncoder conditions(List<String> names) {
        return conditions;
    }

    /** The given text encoder too, if there is one. */
    @Override
    public void close() {
        super.close();
        conditions.close();
    }

    @Override
    public Tensor apply(Tensor noisy, Tensor time, Told told) {
        return unet.apply(noisy, time, told);
    }
}
