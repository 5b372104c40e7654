package io.inkstone.diffusion.sampler;

import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Noise;
import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * DPM-Solver++(2M) (Lu et al. 2022, "DPM-Solver++", algorithm 2) and its stochastic form, SDE-DPM-Solver++(2M). With λ = ln(α/σ)
 * and h = λ_s − λ_t, the guess is drawn out along λ by the one before, D = clean + h/(2·h_before)·(clean − clean_before), and
 *
 * <pre>x_s = (σ_s/σ_t)·e^{−η·h}·x_t + α_s·(1 − e^{−(1+η)·h})·D + σ_s·√(1 − e^{−2·η·h})·z</pre>
 *
 * One look at the model a step, second order. The first step, and the last to the clean picture, where h is infinite, take
 * the guess as it is.
 *
 * @param stochastic η: 0 for the deterministic form, 1 for the stochastic one
 */
public record DpmSolverPlusPlusSampler(boolean stochastic) implements Sampler {
    @Override
    public Tensor sample(Denoiser denoiser, Tensor start, List<Level> grid, Noise noise, SamplingListener listener) {
        try (Guesses guesses = new Guesses(2)) {
            return Walk.along(grid, start, listener, (noisy, from, to) -> {
                guesses.add(from, denoiser.clean(noisy, from));
                return step(noisy, guesses, from, to, noise);
            });
        }
    }

    private Tensor step(Tensor noisy, Guesses guesses, Level from, Level to, Noise noise) {
        double eta = stochastic ? 1 : 0;
        double shrink = to.ratio() / from.ratio(); // e^{−h}: 0 from pure noise, and to the clean picture
        Tensor drawnOut = drawnOut(guesses.usable(), -Math.log(shrink));
        Tensor next = Tensors.combine(
                to.sigma() / from.sigma() * Math.pow(shrink, eta),
                noisy,
                to.alpha() * (1 - Math.pow(shrink, 1 + eta)),
                drawnOut);
        double fresh = to.sigma() * Math.sqrt(1 - Math.pow(shrink, 2 * eta));
        return fresh == 0 ? next : next.add_(noise.next(noisy.shape()), new Scalar(fresh));
    }

    private static Tensor drawnOut(List<Guesses.Guess> guesses, double length) {
        Guesses.Guess newest = guesses.get(0);
        if (guesses.size() < 2 || Double.isInfinite(length)) {
            return newest.clean();
        }
        double further = length / (newest.lambda() - guesses.get(1).lambda()) / 2;
        return Tensors.combine(
                1 + further, newest.clean(), -further, guesses.get(1).clean());
    }
}
