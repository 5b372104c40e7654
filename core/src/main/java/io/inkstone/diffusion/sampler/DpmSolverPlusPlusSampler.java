package io.inkstone.diffusion.sampler;

import io.inkstone.InputException;
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
 * Multistep DPM-Solver++ (Lu et al. 2022, "DPM-Solver++", algorithm 2) and its stochastic form, SDE-DPM-Solver++. With λ = ln(α/σ)
 * and h = λ_s − λ_t, the guess is drawn out along λ by those before; with two guesses, D = clean + h/(2·h_before)·(clean −
 * clean_before), and
 *
 * <pre>x_s = (σ_s/σ_t)·e^{−η·h}·x_t + α_s·(1 − e^{−(1+η)·h})·D + σ_s·√(1 − e^{−2·η·h})·z</pre>
 *
 * One look at the model a step. The first step, and the last to the clean picture, where h is infinite, take the guess as it
 * is.
 *
 * @param stochastic η: 0 for the deterministic form, 1 for the stochastic one
 * @param order 1 to 3: how many guesses a step goes by; 2 is "2M"
 * @param form how two guesses are drawn out; three know one form only
 * @param lowersAtEnd whether fewer than 15 steps end with lower orders: 2, then 1
 * @param eulerAtEnd whether the last step takes the guess as it is, wherever it leads
 */
public record DpmSolverPlusPlusSampler(
        boolean stochastic, int order, Form form, boolean lowersAtEnd, boolean eulerAtEnd) implements Sampler {
    /** Fewer steps than these end with lower orders, where asked for. */
    private static final int FEW_STEPS = 15;

    /** How two guesses are drawn out. */
    public enum Form {
        /** D holds for the whole step. */
        MIDPOINT,
        /** The straight line through the guesses is integrated. */
        HEUN
    }

    public DpmSolverPlusPlusSampler {
        if (order < 1 || order > 3) {
            throw new InputException("The order of DPM-Solver++ is 1, 2 or 3, got " + order + ".");
        }
    }

    /** DPM-Solver++(2M), or SDE-DPM-Solver++(2M). */
    public DpmSolverPlusPlusSampler(boolean stochastic) {
        this(stochastic, 2, Form.MIDPOINT, false, false);
    }

    @Override
    public Tensor sample(Denoiser denoiser, Tensor start, List<Level> grid, Noise noise, SamplingListener listener) {
        int steps = grid.size() - 1;
        int[] left = {steps};
        try (Guesses guesses = new Guesses(order)) {
            return Walk.along(grid, start, listener, (noisy, from, to) -> {
                guesses.add(from, denoiser.clean(noisy, from));
                return step(noisy, guesses.usable(), from, to, highest(steps, left[0]--), noise);
            });
        }
    }

    /** @param left steps, with the one at hand */
    private int highest(int steps, int left) {
        boolean lowers = lowersAtEnd && steps < FEW_STEPS;
        if (left == 1 && (eulerAtEnd || lowers)) {
            return 1;
        }
        return left == 2 && lowers ? 2 : order;
    }

    private Tensor step(Tensor noisy, List<Guesses.Guess> guesses, Level from, Level to, int highest, Noise noise) {
        double eta = stochastic ? 1 : 0;
        double shrink = to.ratio() / from.ratio(); // e^{−h}: 0 from pure noise, and to the clean picture
        boolean asItIs = shrink == 0 || shrink == 1;
        int used = asItIs ? 1 : Math.min(highest, guesses.size());
        double[] lambdas =
                guesses.stream().limit(used).mapToDouble(Guesses.Guess::lambda).toArray();
        double[] weights = DpmSolverWeights.of(lambdas, -Math.log(shrink), eta, form);
        Tensor next = Tensors.scale(noisy, to.sigma() / from.sigma() * Math.pow(shrink, eta));
        for (int i = 0; i < used; i++) {
            next = next.add_(guesses.get(i).clean(), new Scalar(to.alpha() * weights[i]));
        }
        double fresh = to.sigma() * Math.sqrt(1 - Math.pow(shrink, 2 * eta));
        return fresh == 0 ? next : next.add_(noise.next(noisy.shape()), new Scalar(fresh));
    }
}
