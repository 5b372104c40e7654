package io.inkstone.diffusion.sampler;

import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Noise;
import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.diffusion.Target;
import io.inkstone.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * PLMS (Liu et al. 2022, "Pseudo Numerical Methods for Diffusion Models on Manifolds", eq. 12, with the start of Rombach et al.'s
 * code): DDIM's step with a mix of the last four answers by Adams and Bashforth's numbers for even steps. The first step is
 * taken twice, with the mean of the answers at both its ends, so n steps look n + 1 times; a single step looks once.
 *
 * @param answers in which form the model's answers are mixed: the paper mixes the noise; diffusers mixes what the network
 *     answers, whatever it is
 */
public record PlmsSampler(Target answers) implements Sampler {
    /** Adams and Bashforth's numbers for one to four answers, newest first. */
    private static final double[][] WEIGHTS = {
        {1}, {3 / 2.0, -1 / 2.0}, {23 / 12.0, -16 / 12.0, 5 / 12.0}, {55 / 24.0, -59 / 24.0, 37 / 24.0, -9 / 24.0}
    };

    private static final DdimSampler DDIM = new DdimSampler(0);

    @Override
    public Tensor sample(Denoiser denoiser, Tensor start, List<Level> grid, Noise noise, SamplingListener listener) {
        try (Guesses kept = new Guesses(WEIGHTS.length)) {
            Level last = grid.get(grid.size() - 1);
            return Walk.along(grid, start, listener, (noisy, from, to) -> {
                Tensor clean = denoiser.clean(noisy, from);
                if (from.alpha() == 0) { // an answer there says nothing of the picture to come
                    return DDIM.step(noisy, clean, from, to, noise);
                }
                boolean first = kept.usable().isEmpty();
                Tensor answer = answer(noisy, clean, from);
                kept.add(from, answer);
                if (!first || to == last) {
                    return step(noisy, mixed(kept.usable()), from, to, noise);
                }
                Tensor ahead = DDIM.step(noisy, clean, from, to, noise);
                Tensor there = answer(ahead, denoiser.clean(ahead, to), to);
                return step(noisy, Tensors.combine(0.5, answer, 0.5, there), from, to, noise);
            });
        }
    }

    /** a·clean + b·ε with ε = (noisy − α·clean)/σ. */
    private Tensor answer(Tensor noisy, Tensor clean, Level level) {
        Target.Mix mix = answers.answer(level);
        double ofNoisy = mix.ofNoise() / level.sigma();
        return Tensors.combine(ofNoisy, noisy, mix.ofClean() - ofNoisy * level.alpha(), clean);
    }

    private Tensor step(Tensor noisy, Tensor answer, Level from, Level to, Noise noise) {
        return DDIM.step(noisy, answers.clean(answer, noisy, from), from, to, noise);
    }

    private static Tensor mixed(List<Guesses.Guess> kept) {
        double[] weights = WEIGHTS[kept.size() - 1];
        Tensor sum = Tensors.scale(kept.get(0).clean(), weights[0]);
        for (int i = 1; i < weights.length; i++) {
            sum = sum.add_(kept.get(i).clean(), new Scalar(weights[i]));
        }
        return sum;
    }
}
