package io.inkstone.models;

import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.DiffusionProcess;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Sampler;
import java.util.List;

/** A model that makes pictures by removing noise: what editing and other ways to sample need of it. */
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

    @Override
    default boolean isSampled() {
        return true;
    }
}
