package io.inkstone.diffusion.sampler;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The way back: from a clean picture to the noise from which {@link DdimSampler} with η = 0 draws it on the same grid (Song et
 * al. 2021, section 4.3).
 *
 * <p>A step of DDIM from t to s can be turned around if the guess at t is known, but that is asked for at x_t, which is
 * looked for. So the guess at x_s is taken in its place, and the step is repeated with what came out: a fixed point, which
 * each repetition approaches (Pan et al. 2023). With one iteration this is the usual inversion. Pictures that the model
 * finds unlikely come back less exactly, because there DDIM itself stretches small differences.
 *
 * @param iterations looks at the model a step; about 5 make the round trip exact to some digits, 1 is fastest
 */
public record DdimInversion(int iterations) {
    public DdimInversion {
        if (iterations < 1) {
            throw new InputException("An inversion needs 1 iteration or more a step, got " + iterations + ".");
        }
    }

    /**
     * @param denoiser the model, dressed; guidance far above 1 makes the way back less certain
     * @param clean pictures [N, C, H, W]
     * @param grid descending levels, the last one clean, as the sampler will visit them
     * @param listener told after every step, of the level that it left
     * @return pictures at the grid's first level
     */
    public Tensor invert(Denoiser denoiser, Tensor clean, List<Level> grid, SamplingListener listener) {
        List<Level> back = new ArrayList<>(grid);
        Collections.reverse(back);
        return Walk.along(back, clean, listener, (noisy, from, to) -> {
            Tensor found = noisy;
            for (int i = 0; i < iterations; i++) {
                found = step(noisy, denoiser.clean(found, to), found, from, to);
            }
            return found;
        });
    }

    /**
     * x_t from x_s, given the guess at {@code found}. Where signal dominates, through the noise that belongs to the guess:
     * x_t = (α_t/α_s)·(x_s − σ_s·ε) + σ_t·ε; elsewhere through the guess itself: x_t = (σ_t/σ_s)·(x_s − α_s·clean) +
     * α_t·clean. Both are the same at the fixed point; either is the surer one on its side.
     */
    private static Tensor step(Tensor noisy, Tensor clean, Tensor found, Level from, Level to) {
        if (from.alpha() >= from.sigma()) {
            if (to.alpha() == 0) {
                throw new InputException(Words.of(
                        "An inversion cannot go from α = %s to pure noise in one step: take more steps.",
                        from.alpha()));
            }
            double ofNoisy = to.alpha() / from.alpha();
            double ofNoise = to.sigma() - ofNoisy * from.sigma();
            Tensor noise = Tensors.combine(1 / to.sigma(), found, -to.alpha() / to.sigma(), clean);
            return Tensors.combine(ofNoisy, noisy, ofNoise, noise);
        }
        double ofNoisy = to.sigma() / from.sigma();
        return Tensors.combine(ofNoisy, noisy, to.alpha() - ofNoisy * from.alpha(), clean);
    }
}
