package io.inkstone.models.diffusion;

import io.inkstone.InputException;
import io.inkstone.diffusion.Guidance;
import io.inkstone.diffusion.sampler.SamplerChoice;
import io.inkstone.models.draw.SamplingOptions;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The {@code draw} group of a recipe: how its model draws where nobody says otherwise.
 *
 * @param sampler by name; {@code auto} is DDIM
 * @param steps of that sampler; 0 is its own number
 * @param guidance weight towards what is asked for; 1 is none. Where nothing is asked for nothing is guided
 */
public record DrawGroup(String sampler, int steps, double guidance) {
    public static final DrawGroup USUAL = new DrawGroup("auto", 0, 1);

    public DrawGroup {
        if (!sampler.equals("auto")) {
            SamplerChoice.named(sampler);
        }
        if (steps < 0 || !Double.isFinite(guidance)) {
            throw new InputException(
                    "draw.steps must be 0 (the sampler's own number) or more and draw.guidance a number, 1 for none, got "
                            + steps + " and " + guidance + ".");
        }
    }

    SamplingOptions options() {
        return SamplingOptions.of(
                        sampler.equals("auto") ? Optional.empty() : Optional.of(sampler),
                        Optional.empty(),
                        steps == 0 ? OptionalInt.empty() : OptionalInt.of(steps))
                .withGuidance(Guidance.of(guidance));
    }
}
