package io.inkstone.diffusion.sampler;

import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Noise;
import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.tensor.Scope;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Samplers that need one look at the model a step and no memory: they only say how to go from one level to the next. */
public interface SingleStepSampler extends Sampler {
    /**
     * @param noisy pictures at {@code from}
     * @param clean the model's guess for them
     * @return pictures at {@code to}
     */
    Tensor step(Tensor noisy, Tensor clean, Level from, Level to, Noise noise);

    @Override
    default Tensor sample(Denoiser denoiser, Tensor start, List<Level> grid, Noise noise, SamplingListener listener) {
        try (Scope scope = Scope.open()) {
            Tensor noisy = start;
            for (int k = 0; k + 1 < grid.size(); k++) {
                Level from = grid.get(k);
                Level to = grid.get(k + 1);
                Tensor before = noisy;
                noisy = Scope.yielding(() -> step(before, denoiser.clean(before, from), from, to, noise));
                if (k > 0 && noisy != before) {
                    before.close(); // or every step's pictures would live until the end
                }
                listener.stepped(k + 1, from, noisy);
            }
            return scope.keep(noisy);
        }
    }
}
