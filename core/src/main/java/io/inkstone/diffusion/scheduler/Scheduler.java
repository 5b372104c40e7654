package io.inkstone.diffusion.scheduler;

import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.NoisePath;
import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.Target;
import io.inkstone.diffusion.TimeGrid;
import io.inkstone.diffusion.sampler.DdimSampler;
import io.inkstone.tensor.Tensors;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A way of drawing that a scheduler's config described: four of the seats (guidance is the fifth), and what lies between them.
 *
 * @param path how much noise there is when
 * @param grid which levels n steps visit; the last one may keep a little noise, as the config says
 * @param target what the network answers; it tells the network timesteps 0…T
 * @param sampler the way along the levels
 * @param levels T
 * @param held the denoiser's guess is held inside ±this; empty for not at all, or where the sampler holds it
 * @param boundary what a consistency model mixes in; empty for other models
 * @param unitStart pictures start as σ·noise, without the little that α adds where a grid starts below the table's end
 */
public record Scheduler(
        NoisePath path,
        TimeGrid grid,
        Target target,
        Sampler sampler,
        int levels,
        OptionalDouble held,
        java.util.Optional<ConsistencyBoundary> boundary,
        boolean unitStart) {
    /** The same with a sampler that holds guesses itself. */
    Scheduler holding(Sampler other) {
        return new Scheduler(path, grid, target, other, levels, OptionalDouble.empty(), boundary, unitStart);
    }

    /** The way of DDIM with fresh noise, of a scheduler that goes that way. */
    public Sampler ddim(double eta) {
        return sampler instanceof HeldDdim ddim ? new HeldDdim(eta, ddim.range()) : new DdimSampler(eta);
    }

    /** The levels of {@code steps} steps: steps + 1 of them, the noisiest first. */
    public List<Level> levels(int steps) {
        return grid.levels(path, steps);
    }

    /** What the network is told at a level: a timestep from 0 to T, fractional for some schedulers. */
    public double timestep(Level level) {
        return target.inputTime(level);
    }

    /** By what noise of deviation 1 is multiplied to start at the first of {@code levels}. */
    public double startScale(List<Level> levels) {
        Level first = levels.get(0);
        if (first.alpha() != 1) {
            return 1;
        }
        return unitStart ? first.sigma() : first.deviation();
    }

    /**
     * The network as the sampler sees it. Guidance goes around what the network answers or around this: both are linear, but
     * for held guesses.
     *
     * @param network sees pictures as they are scaled for it, and timesteps 0…T
     */
    public Denoiser denoiser(Denoiser.Network network) {
        return finished(target.dress(network));
    }

    /**
     * A dressed and guided denoiser with what the config asks of its guesses.
     *
     * @param dressed by {@link #target}
     */
    public Denoiser finished(Denoiser dressed) {
        Denoiser guess = held.isPresent() ? dressed.clamped(-held.getAsDouble(), held.getAsDouble()) : dressed;
        return boundary.<Denoiser>map(mix -> (noisy, level) -> {
                    double timestep = timestep(level);
                    return Tensors.combine(
                            mix.ofNoisy(timestep), noisy, mix.ofGuess(timestep), guess.clean(noisy, level));
                })
                .orElse(guess);
    }
}
