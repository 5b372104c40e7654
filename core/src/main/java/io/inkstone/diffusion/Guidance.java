package io.inkstone.diffusion;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * How a condition is strengthened: a denoiser around two denoisers.
 *
 * <p>Classifier-free guidance (Ho and Salimans 2022): ε = ε₀ + w·(ε_c − ε₀). At w = 1 this is the conditional model, at 0 the
 * unconditional one. (The paper's own w is ours minus 1.) The clean picture is linear in ε at a level, so the same
 * combination holds for it.
 *
 * @param weight w
 * @param rescale φ of Lin et al. 2024, section 3.4, from 0 (none) to 1: how far the guided guess gets back the deviation of
 *     the conditional one, so that strong guidance does not overexpose
 * @param lowest σ/α above which guidance acts (Kynkäänniemi et al. 2024); below it, and above {@code highest}, the
 *     conditional model answers alone
 * @param highest σ/α up to which guidance acts
 */
public record Guidance(double weight, double rescale, double lowest, double highest) {
    public static final Guidance NONE = of(1);

    public Guidance {
        if (!Double.isFinite(weight)) {
            throw new InputException("The guidance weight must be a number, got " + weight + ".");
        }
        if (!(rescale >= 0 && rescale <= 1)) {
            throw new InputException("The rescaling of guidance lies in [0, 1], got " + rescale + ".");
        }
        if (!(lowest >= 0 && lowest < highest)) {
            throw new InputException(Words.of(
                    "The interval of guidance goes from a smaller σ/α to a larger one, such as 0.3:5, got %s:%s.",
                    lowest, highest));
        }
    }

    /** Weight alone, at every level. */
    public static Guidance of(double weight) {
        return new Guidance(weight, 0, 0, Double.POSITIVE_INFINITY);
    }

    /**
     * @param conditional guesses with the condition
     * @param unconditional guesses without it, or with what should be avoided in its place
     */
    public Denoiser around(Denoiser conditional, Denoiser unconditional) {
        if (weight == 1) {
            return conditional;
        }
        return (noisy, level) -> {
            Tensor wanted = conditional.clean(noisy, level);
            return actsAt(level) ? led(wanted, unconditional.clean(noisy, level)) : wanted;
        };
    }

    /** Whether both guesses are needed at {@code level}. */
    public boolean actsAt(Level level) {
        double ratio = level.ratio();
        return weight != 1 && ratio > lowest && ratio <= highest;
    }

    /**
     * Away from {@code avoided}, through {@code wanted}: guesses of the clean pictures, or what a network answers in their
     * place, [N, C, H, W].
     */
    public Tensor led(Tensor wanted, Tensor avoided) {
        return rescaled(Tensors.combine(weight, wanted, 1 - weight, avoided), wanted);
    }

    private Tensor rescaled(Tensor guided, Tensor wanted) {
        if (rescale == 0) {
            return guided;
        }
        Tensor spread = deviation(guided).clamp_min(new Scalar(Float.MIN_NORMAL)); // a guess may be flat
        Tensor factor = deviation(wanted).div(spread).mul(new Scalar(rescale));
        return guided.mul(factor.add(new Scalar(1 - rescale)));
    }

    /** Of each picture's values [N, 1, 1, 1]. */
    private static Tensor deviation(Tensor pictures) {
        return pictures.std(new long[] {1, 2, 3}, true, true);
    }
}
