package io.inkstone.diffusion.sampler;

import io.inkstone.InputException;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Noise;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * DDIM (Song et al. 2021, eq. 12 and 16): x_s = α_s·clean + √(σ_s² − c²)·ε + c·z, with c = η·(σ_s/σ_t)·√(1 − α_t²/α_s²).
 *
 * @param eta 0 is deterministic; 1 adds as much noise as DDPM's posterior
 */
public record DdimSampler(double eta) implements SingleStepSampler {
    public DdimSampler {
        if (!(eta >= 0 && eta <= 1)) {
            throw new InputException("η of DDIM lies in [0, 1], got " + eta + ".");
        }
    }

    @Override
    public Tensor step(Tensor noisy, Tensor clean, Level from, Level to, Noise noise) {
        double ratio = from.alpha() / to.alpha();
        double fresh = eta * to.sigma() / from.sigma() * Math.sqrt(Math.max(0, 1 - ratio * ratio));
        double kept = Math.sqrt(Math.max(0, to.sigma() * to.sigma() - fresh * fresh));
        // ε = (noisy − α_t·clean)/σ_t, folded into the factors of noisy and clean.
        double ofNoisy = kept / from.sigma();
        Tensor next = Tensors.combine(ofNoisy, noisy, to.alpha() - ofNoisy * from.alpha(), clean);
        return fresh == 0 ? next : next.add_(noise.next(noisy.shape()), new Scalar(fresh));
    }
}
