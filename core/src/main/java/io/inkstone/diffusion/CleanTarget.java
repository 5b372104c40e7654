package io.inkstone.diffusion;

import org.bytedeco.pytorch.Tensor;

/** The network answers the clean picture itself. */
public record CleanTarget() implements Target {
    @Override
    public Tensor of(Tensor clean, Tensor noise, Tensor alpha, Tensor sigma) {
        return clean;
    }

    @Override
    public Tensor clean(Tensor output, Tensor noisy, Level level) {
        return output;
    }
}
