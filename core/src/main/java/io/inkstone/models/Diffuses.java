package io.inkstone.models;

import io.inkstone.InputException;
import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.DiffusionProcess;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.PictureNoise;
import io.inkstone.diffusion.Sampler;
import io.inkstone.image.Size;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * A model that makes pictures by removing noise, from the pictures themselves or from codes of them: what editing and other
 * ways to sample need of it.
 */
public interface Diffuses extends Generates {
    /** Its path, target, and number of levels. */
    DiffusionProcess process();

    /** The shape of what is denoised, for {@code count} pictures of {@code size}. */
    long[] inputShape(int count, Size size);

    /** The descending levels that sampling with {@code options} visits, the last one clean. */
    List<Level> grid(SamplingOptions options);

    /** The sampler that {@code options} name, or the model's own. */
    Sampler sampler(SamplingOptions options);

    /**
     * The model with the request's contexts, dressed, guided and clamped as the request says. Lives as long as the open
     * scope.
     */
    Denoiser denoiser(GenerationRequest request);

    /**
     * This model, led away from what a weaker one makes of the same contexts (autoguidance, Karras et al. 2024, "Guiding a Diffusion
     * Model with a Bad Version of Itself", eq. 3): the weight of guidance goes from the weaker guess, w = 0, through this one, w = 1,
     * and beyond. No class needs to be asked for, and no empty context to be known.
     *
     * @param weaker an earlier or smaller model of the same data on the same path; the caller keeps it open, and closes it
     * @return a view that shares this model's network: closing either closes it
     */
    default Diffuses guidedBy(Diffuses weaker) {
        throw new InputException("This model cannot be guided by another one: leave that out.").about("guide");
    }

    /** Whether guidance leads away from a weaker model, as {@link #guidedBy} makes it. */
    default boolean hasGuide() {
        return false;
    }

    /**
     * What noise is added to: the pictures themselves, or their codes. {@link #shown} is the way back.
     *
     * @param pictures [N, C, H, W] in the model's range
     * @return [N, c, h, w], as {@link #inputShape} says
     */
    default Tensor noiseless(Tensor pictures) {
        return pictures;
    }

    /**
     * This model for filling in a part of pictures, where its network was trained to see the mask and what stays; empty for models
     * that are led by hand, step by step.
     *
     * @param pictures [N, C, H, W] in the model's range
     * @param open [1, 1, H, W], true where something is drawn anew
     * @param places the same on the grid of what is denoised
     */
    default Optional<Diffuses> filling(Tensor pictures, Tensor open, Tensor places) {
        return Optional.empty();
    }

    /** Whether {@link #filling} gives a model: its pictures are then drawn in one walk. */
    default boolean seesMasks() {
        return false;
    }

    /** Normal numbers in the shape of what is denoised. */
    @Override
    default Tensor start(List<Long> seeds) {
        try (PictureNoise noise = new PictureNoise(network().device(), seeds)) {
            return noise.next(inputShape(seeds.size(), pictures().size()));
        }
    }

    @Override
    default boolean isSampled() {
        return true;
    }
}
