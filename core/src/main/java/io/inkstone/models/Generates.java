package io.inkstone.models;

import io.inkstone.image.Size;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A model that makes pictures out of random numbers.
 *
 * @since 0.1
 */
public interface Generates extends Model {
    /**
     * The pictures of one batch [N, C, H, W], in the model's range, unclamped. Called in evaluation mode without
     * gradients. Picture i depends on its own seed, context and start alone (up to rounding across batch sizes).
     */
    Tensor generate(GenerationRequest request);

    /**
     * What {@link #generate} would start from for these seeds: latents [N, latent] or noise [N, C, H, W]. Given back as the
     * start of a request it gives the same pictures.
     */
    Tensor start(List<Long> seeds);

    /** Height and width of the pictures that {@code request} asks for; refuses what the model cannot draw. */
    default Size sizeOf(GenerationRequest request) {
        return request.size().map(size -> sizes().require("This model", size)).orElseGet(() -> pictures()
                .size());
    }

    /** Steps that {@link #generate} will tell the listener of; 1 for models that need one pass. */
    default int steps(SamplingOptions options) {
        return 1;
    }

    /** How it draws where nobody says otherwise; what is empty there is its family's choice. */
    default SamplingOptions usual() {
        return SamplingOptions.DEFAULT;
    }

    /** The same with names and numbers in place of what {@code options} leave to the model. */
    default SamplingOptions resolved(SamplingOptions options) {
        return options;
    }

    /**
     * Refuses a request that {@link #generate} could not follow, before anything is drawn.
     *
     * @throws io.inkstone.InputException for a sampler or a number of steps that there is not, or guidance that has
     *     nothing to lead towards
     */
    default void requirePossible(GenerationRequest request) {}

    /** Whether samplers lead from noise to the picture, be it in a single step; others make it in one pass. */
    default boolean isSampled() {
        return false;
    }

    /** Whether the pictures after {@code step} (from 1) of a sampling belong into its film. */
    default boolean keepsFrame(SamplingOptions options, int step) {
        return true;
    }

    /** What sampling works on, and hands to listeners on the way, [N, …] as pictures [N, C, H, W]; itself where that is pictures. */
    default Tensor shown(Tensor noisy) {
        return noisy;
    }
}
