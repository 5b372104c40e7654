package io.inkstone.models;

import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.DiffusionProcess;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Sampler;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A model that makes pictures by removing noise, from the pictures themselves or from codes of them: what editing and other
 * ways to sample need of it.
 */
public interface Diffuses extends Generates {
    /** Its path, target, and number of levels. */
    DiffusionProcess process();

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
     * What noise is added to: the pictures themselves, or their codes. {@link #shown} is the way back.
     *
     * @param pictures [N, C, H, W] in the model's range
     * @return [N, c, h, w], as {@link #inputShape} says
     */
    default Tensor noiseless(Tensor pictures) {
        return pictures;
    }

    @Override
    default boolean isSampled() {
        return true;
    }
}
