package io.inkstone.models.stable;

import io.inkstone.InputException;
import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.grid.GridChoice;
import io.inkstone.diffusion.sampler.SamplerChoice;
import io.inkstone.diffusion.scheduler.Scheduler;
import io.inkstone.diffusion.scheduler.SchedulerConfig;
import io.inkstone.models.draw.SamplingOptions;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The way from noise to latents that options ask for: the folder's own scheduler, or the same table seen by another one.
 *
 * @param own what the folder says
 * @param options what was asked for
 */
record StableWay(SchedulerConfig own, SamplingOptions options) {
    private SchedulerConfig config() {
        SchedulerConfig sampled = options.sampler()
                .map(SamplerChoice::named)
                .map(choice -> own.with(choice).forStableDiffusion())
                .orElse(own);
        return options.grid().map(GridChoice::named).map(sampled::with).orElse(sampled);
    }

    Scheduler scheduler() {
        return config().scheduler();
    }

    int steps() {
        return options.steps().orElse(Drawing.STEPS);
    }

    Sampler sampler() {
        if (options.eta() == 0) {
            return scheduler().sampler();
        }
        SamplerChoice named =
                options.sampler().map(SamplerChoice::named).or(this::ownChoice).orElse(null);
        if (named != SamplerChoice.DDIM) {
            throw new InputException("eta is the fresh noise of ddim: say sampler ddim, or leave it out.")
                    .about("eta", "sampler");
        }
        return named.create(steps(), scheduler().levels(), options.eta());
    }

    /** The sampler by whose name the folder's scheduler goes, if it has one. */
    private Optional<SamplerChoice> ownChoice() {
        return Arrays.stream(SamplerChoice.values()).filter(this::isOwn).findFirst();
    }

    private boolean isOwn(SamplerChoice choice) {
        try {
            return own.with(choice).forStableDiffusion().equals(own);
        } catch (InputException noScheduler) {
            return false;
        }
    }

    /** The options with what is drawn by where nothing was said; the grid stays the scheduler's. */
    SamplingOptions resolved() {
        return new SamplingOptions(
                options.sampler().or(() -> ownChoice().map(SamplerChoice::word)),
                options.grid(),
                OptionalInt.of(steps()),
                options.eta(),
                options.guidance(),
                options.clamp(),
                options.threshold());
    }

    /** Refuses what this way cannot be. */
    void require() {
        if (options.clamp() || options.threshold().isPresent()) {
            throw new InputException(
                            "clamp and threshold hold pictures in their range; latents have none: leave them out for Stable Diffusion.")
                    .about("clamp", "threshold");
        }
        sampler();
        scheduler().levels(steps());
    }
}
