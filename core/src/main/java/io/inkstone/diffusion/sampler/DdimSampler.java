package io.inkstone.diffusion.sampler;

import io.inkstone.InputException;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Noise;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * DDIM (Song et al. 2021, eq. 12 and 16) on any path: x_s = α_s·clean + √(σ_s² − c²)·ε + c·z, with c = η·(σ_s/σ_t)·√(σ_t² −
 * (α_t/α_s)²·σ_s²), which is the paper's where α² + σ² = 1.
 *
 * <p>One formula with several names. With η = 0 it is Euler's method: in σ on the path of EDM (Karras et al. 2022, algorithm 1
 * without correction), in t on the straight path of rectified flow. With η = 1 it is Euler with ancestral noise, and DDPM
 * with the posterior's variance.
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
        double fresh = eta * to.sigma() / from.sigma() * Math.sqrt(from.varianceSince(to));
        double kept = Math.sqrt(Math.max(0, to.sigma() * to.sigma() - fresh * fresh));
        // ε = (noisy − α_t·clean)/σ_t, folded into the factors of noisy and clean.
        double ofNoisy = kept / from.sigma();
        Tensor next = Tensors.combine(ofNoisy, noisy, to.alpha() - ofNoisy * from.alpha(), clean);
        return fresh == 0 ? next : next.add_(noise.next(noisy.shape()), new Scalar(fresh));
    }
}
