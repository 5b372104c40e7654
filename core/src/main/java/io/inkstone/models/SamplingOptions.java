package io.inkstone.models;

import io.inkstone.InputException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How pictures are drawn from a model that needs many steps. Others refuse all but {@link #DEFAULT}.
 *
 * @param sampler by name; empty for the model's own
 * @param steps empty for the sampler's own number
 * @param eta share of fresh noise, DDIM only
 * @param guidance weight of classifier-free guidance; 1 is none
 * @param clamp hold the predicted clean picture inside the range at every step
 */
public record SamplingOptions(Optional<String> sampler, OptionalInt steps, double eta, double guidance, boolean clamp) {
    public static final SamplingOptions DEFAULT =
            new SamplingOptions(Optional.empty(), OptionalInt.empty(), 0, 1, false);

    public SamplingOptions {
        if (!Double.isFinite(guidance)) {
            throw new InputException("The guidance weight must be a number, got " + guidance + ".");
        }
    }

    public static SamplingOptions of(String sampler, int steps) {
        return new SamplingOptions(Optional.of(sampler), OptionalInt.of(steps), 0, 1, false);
    }

    /** For models that make a picture in one pass. */
    public void requireDefault(String model) {
        if (!equals(DEFAULT)) {
            throw new InputException(
                    "%s makes a picture in one pass: leave out --sampler, --steps, --eta, --guidance and --clamp."
                            .formatted(model));
        }
    }
}
