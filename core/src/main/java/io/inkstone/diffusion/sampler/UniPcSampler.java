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
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * UniPC (Zhao et al. 2023, algorithms 1 and 2 in the form that predicts the clean picture, B(h) = e^h − 1): each step predicts from the last
 * guesses, and the guess that it leads to first corrects it, at no further cost. With m_0 the newest guess and r_i = (λ_i −
 * λ_0)/h, a step is DDIM's with D = m_0 + Σ ρ_i·(m_i − m_0)/r_i in place of the guess; the numbers ρ make it right for
 * polynomials in λ ({@link UniPcWeights}).
 *
 * <p>Towards a clean picture the order falls with the steps that are left, as in the paper; the last step takes the guess
 * as it is.
 *
 * @param order 1 to 3: how many guesses predict
 * @param lowersAtEnd whether the order falls with the steps that are left wherever they lead
 */
public record UniPcSampler(int order, boolean lowersAtEnd) implements Sampler {
    public UniPcSampler {
        if (order < 1 || order > 3) {
            throw new InputException("The order of UniPC is 1, 2 or 3, got " + order + ".");
        }
    }

    /** With its full order where the last step does not lead to the clean picture. */
    public UniPcSampler(int order) {
        this(order, false);
    }

    @Override
    public Tensor sample(Denoiser denoiser, Tensor start, List<Level> grid, Noise noise, SamplingListener listener) {
        boolean lowers = lowersAtEnd || grid.get(grid.size() - 1).sigma() == 0;
        try (Guesses guesses = new Guesses(order);
                Guesses corrected = new Guesses(1)) {
            int[] last = {0, 0}; // steps done, and the order of the last one
            return Walk.along(grid, start, listener, (noisy, from, to) -> {
                Tensor clean = denoiser.clean(noisy, from);
                Tensor here = last[0] == 0 ? noisy : corrected(corrected, guesses, last[1], from, clean);
                guesses.add(from, clean);
                corrected.add(from, here);
                int left = grid.size() - 1 - last[0];
                last[0]++;
                last[1] = Math.min(guesses.usable().size(), lowers ? Math.min(order, left) : order);
                return predicted(here, guesses.usable().subList(0, last[1]), from, to);
            });
        }
    }

    private static Tensor predicted(Tensor noisy, List<Guesses.Guess> guesses, Level from, Level to) {
        Guesses.Guess newest = guesses.get(0);
        double length = -Math.log(to.ratio() / from.ratio());
        double[] rho = UniPcWeights.predictor(ratios(guesses, length), length);
        return step(noisy, from, to, mixed(guesses, rho, length, newest.clean()));
    }

    /** The step before once more, now that the guess at its end is known. */
    private static Tensor corrected(Guesses before, Guesses guesses, int order, Level to, Tensor clean) {
        List<Guesses.Guess> used = guesses.usable().subList(0, order);
        Level from = used.get(0).level();
        double length = -Math.log(to.ratio() / from.ratio());
        double[] rho = UniPcWeights.corrector(ratios(used, length), length);
        Tensor newest = used.get(0).clean();
        double last = rho[order - 1];
        Tensor guess = Tensors.combine(1 - last, newest, last, clean);
        return step(before.usable().get(0).clean(), from, to, mixed(used, rho, length, guess));
    }

    private static double[] ratios(List<Guesses.Guess> guesses, double length) {
        return guesses.stream()
                .skip(1)
                .mapToDouble(guess -> (guess.lambda() - guesses.get(0).lambda()) / length)
                .toArray();
    }

    /** {@code guess} + Σ ρ_i·(m_i − m_0)/r_i over the older guesses. */
    private static Tensor mixed(List<Guesses.Guess> guesses, double[] rho, double length, Tensor guess) {
        double[] ratios = ratios(guesses, length);
        Tensor sum = guess;
        for (int i = 0; i < ratios.length; i++) {
            Tensor difference = guesses.get(i + 1).clean().sub(guesses.get(0).clean());
            sum = sum.add(difference, new Scalar(rho[i] / ratios[i]));
        }
        return sum;
    }

    /** x_s = (σ_s/σ_t)·x_t + α_s·(1 − e^{−h})·guess. */
    private static Tensor step(Tensor noisy, Level from, Level to, Tensor guess) {
        double ofNoisy = to.sigma() / from.sigma();
        return Scope.yielding(() -> Tensors.combine(ofNoisy, noisy, to.alpha() - ofNoisy * from.alpha(), guess));
    }
}
