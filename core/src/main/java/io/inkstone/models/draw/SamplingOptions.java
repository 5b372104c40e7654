package io.inkstone.models.draw;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.DynamicThreshold;
import io.inkstone.diffusion.Guidance;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How pictures are drawn from a model that needs many steps. Others refuse all but {@link #DEFAULT}.
 *
 * @param sampler by name; empty for the model's own
 * @param grid of levels, by name; empty for the model's own
 * @param steps empty for the sampler's own number
 * @param eta share of fresh noise, DDIM only
 * @param guidance towards the contexts
 * @param clamp hold the predicted clean picture inside the range at every step
 * @param threshold the same by dynamic thresholding, with this share of the values inside
 */
public record SamplingOptions(
        Optional<String> sampler,
        Optional<String> grid,
        OptionalInt steps,
        double eta,
        Guidance guidance,
        boolean clamp,
        OptionalDouble threshold) {
    public static final SamplingOptions DEFAULT = of(Optional.empty(), Optional.empty(), OptionalInt.empty());

    public SamplingOptions {
        if (clamp && threshold.isPresent()) {
            throw new InputException("clamp and threshold both hold the picture inside its range: choose one.")
                    .about("clamp", "threshold");
        }
        if (steps.isPresent() && steps.getAsInt() < 1) {
            throw new InputException(Words.of("A sampler takes 1 step or more, got %d.", steps.getAsInt()))
                    .about("steps");
        }
        if (!(eta >= 0 && eta <= 1)) {
            throw new InputException("η of DDIM, its share of fresh noise, lies in [0, 1], got " + eta + ".")
                    .about("eta");
        }
        threshold.ifPresent(DynamicThreshold::new);
    }

    /** Whether guesses are held inside the range of pictures, one way or the other. */
    public boolean holds() {
        return clamp || threshold.isPresent();
    }

    /** A denoiser whose guesses are held inside the range of pictures, [−1, 1], as is asked for. */
    public Denoiser holding(Denoiser denoiser) {
        if (threshold.isPresent()) {
            return new DynamicThreshold(threshold.getAsDouble()).around(denoiser);
        }
        return clamp ? denoiser.clamped(-1, 1) : denoiser;
    }

    /** Only the way along the levels; nothing else is wished for. */
    public static SamplingOptions of(Optional<String> sampler, Optional<String> grid, OptionalInt steps) {
        return new SamplingOptions(sampler, grid, steps, 0, Guidance.NONE, false, OptionalDouble.empty());
    }

    public static SamplingOptions of(String sampler, int steps) {
        return of(Optional.of(sampler), Optional.empty(), OptionalInt.of(steps));
    }

    /** The same with another way along the levels. */
    public SamplingOptions along(String otherSampler, String otherGrid, int otherSteps) {
        return new SamplingOptions(
                Optional.of(otherSampler),
                Optional.of(otherGrid),
                OptionalInt.of(otherSteps),
                eta,
                guidance,
                clamp,
                threshold);
    }

    public SamplingOptions withGuidance(Guidance other) {
        return new SamplingOptions(sampler, grid, steps, eta, other, clamp, threshold);
    }

    public SamplingOptions withClamp(boolean on) {
        return new SamplingOptions(sampler, grid, steps, eta, guidance, on, threshold);
    }

    /** For models that make a picture in one pass. */
    public void requireDefault(String model) {
        if (!equals(DEFAULT)) {
            throw new InputException(Words.of(
                            "%s makes a picture in one pass: leave out sampler, grid, steps, eta, guidance, clamp and threshold.",
                            model))
                    .about("sampler", "grid", "steps", "eta", "guidance", "clamp", "threshold");
        }
    }
}
