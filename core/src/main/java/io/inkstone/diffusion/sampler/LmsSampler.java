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
 * The linear multistep method (Adams and Bashforth's with uneven steps, as in k-diffusion): in y = x/α over u = σ/α the slope is
 * the noise, dy = ε·du; a polynomial through the last few ε is integrated over the step.
 *
 * @param order 1 to 4: how many ε it goes through; 1 is DDIM
 */
public record LmsSampler(int order) implements Sampler {
    /** What schedulers take. */
    public static final int USUAL_ORDER = 4;

    /** Two points of Gauss and Legendre integrate polynomials up to the third degree exactly, which is all there are. */
    private static final double GAUSS = 1 / Math.sqrt(3);

    private static final DdimSampler DDIM = new DdimSampler(0);

    public LmsSampler {
        if (order < 1 || order > USUAL_ORDER) {
            throw new InputException("The order of the linear multistep method is 1 to 4, got " + order + ".");
        }
    }

    @Override
    public Tensor sample(Denoiser denoiser, Tensor start, List<Level> grid, Noise noise, SamplingListener listener) {
        try (Guesses slopes = new Guesses(order)) {
            return Walk.along(grid, start, listener, (noisy, from, to) -> {
                Tensor clean = denoiser.clean(noisy, from);
                if (from.alpha() == 0) { // u is infinite there
                    return DDIM.step(noisy, clean, from, to, noise);
                }
                slopes.add(from, Tensors.combine(1 / from.sigma(), noisy, -from.alpha() / from.sigma(), clean));
                return step(noisy, slopes.usable(), from, to);
            });
        }
    }

    private static Tensor step(Tensor noisy, List<Guesses.Guess> slopes, Level from, Level to) {
        double[] at =
                slopes.stream().mapToDouble(slope -> slope.level().ratio()).toArray();
        Tensor next = Tensors.scale(noisy, to.alpha() / from.alpha());
        for (int j = 0; j < at.length; j++) {
            double weight = to.alpha() * integral(at, j, from.ratio(), to.ratio());
            next = next.add_(slopes.get(j).clean(), new Scalar(weight));
        }
        return next;
    }

    /** Of the polynomial that is 1 at point j and 0 at the others. */
    private static double integral(double[] at, int j, double from, double to) {
        double half = (to - from) / 2;
        double middle = (to + from) / 2;
        return half * (basis(at, j, middle - half * GAUSS) + basis(at, j, middle + half * GAUSS));
    }

    private static double basis(double[] at, int j, double u) {
        double product = 1;
        for (int k = 0; k < at.length; k++) {
            product *= k == j ? 1 : (u - at[k]) / (at[j] - at[k]);
        }
        return product;
    }
}
