package io.inkstone.diffusion.sampler;

import io.inkstone.InputException;
import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Noise;
import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Fills a part of pictures so that it fits the rest (RePaint, Lugmayr et al. 2022, algorithm 1): after every step what is
 * known takes its own value at the new level; every few steps are gone back, noise added, and walked again, since a part
 * that was just filled in has not been seen by what surrounds it.
 *
 * <p>Every step is a walk of its own, so samplers that remember guesses have nothing to remember.
 *
 * @param sampler how a step is made; none that {@linkplain SamplerChoice#remembers remembers}
 * @param rounds how often each stretch of the way is walked; 1 never goes back
 */
public record Inpainting(Sampler sampler, int rounds) {
    /** Levels of the grid that are walked through again together (the jump of the paper counts single levels). */
    private static final int STRETCH = 5;

    public Inpainting {
        if (rounds < 1) {
            throw new InputException("An inpainting needs 1 round or more, got " + rounds + ".");
        }
    }

    /**
     * @param denoiser the model, dressed and guided
     * @param clean pictures [N, C, H, W]
     * @param open true where they are drawn anew, [1, 1, H, W]; elsewhere they come back exactly
     * @param grid descending levels, the last one clean
     * @param listener told after every step, those that are walked again too
     * @return the filled pictures, belonging to the open scope
     */
    public Tensor fill(
            Denoiser denoiser, Tensor clean, Tensor open, List<Level> grid, Noise noise, SamplingListener listener) {
        Filling filling = new Filling(denoiser, clean, open, noise);
        Level first = grid.get(0);
        Tensor noisy =
                Scope.yielding(() -> filling.known(Tensors.scale(noise.next(clean.shape()), first.deviation()), first));
        int done = 0;
        for (int from = 0; from + 1 < grid.size(); from += STRETCH) {
            List<Level> stretch = grid.subList(from, Math.min(grid.size(), from + STRETCH + 1));
            for (int round = 0; round < rounds; round++) {
                if (round > 0) {
                    noisy = replaced(noisy, filling::back, stretch.get(stretch.size() - 1), stretch.get(0));
                }
                for (int k = 0; k + 1 < stretch.size(); k++) {
                    noisy = replaced(noisy, filling::step, stretch.get(k), stretch.get(k + 1));
                    listener.stepped(++done, stretch.get(k), noisy);
                }
            }
        }
        return noisy;
    }

    private static Tensor replaced(Tensor noisy, Walk.Step step, Level from, Level to) {
        Tensor next = Scope.yielding(() -> step.next(noisy, from, to));
        noisy.close(); // or every step's pictures would live until the end
        return next;
    }

    /** One batch being filled. */
    private final class Filling {
        private final Denoiser denoiser;
        private final Tensor clean;
        private final Tensor open;
        private final Noise noise;

        Filling(Denoiser denoiser, Tensor clean, Tensor open, Noise noise) {
            this.denoiser = denoiser;
            this.clean = clean;
            this.open = open;
            this.noise = noise;
        }

        Tensor step(Tensor noisy, Level from, Level to) {
            return known(sampler.sample(denoiser, noisy, List.of(from, to), noise, SamplingListener.NONE), to);
        }

        /** What is known at {@code level}, where the mask is closed. */
        Tensor known(Tensor drawn, Level level) {
            return drawn.where(open, level.sigma() == 0 ? clean : noise.on(clean, level));
        }

        /** To a noisier level: x·α_to/α_from and as much noise as is missing. */
        Tensor back(Tensor noisy, Level from, Level to) {
            return Tensors.combine(
                    to.alpha() / from.alpha(), noisy, Math.sqrt(to.varianceSince(from)), noise.next(noisy.shape()));
        }
    }
}
