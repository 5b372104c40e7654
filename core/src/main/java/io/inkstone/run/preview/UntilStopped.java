package io.inkstone.run.preview;

import io.inkstone.InterruptedWorkException;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.train.Trainer;
import org.bytedeco.pytorch.Tensor;

/**
 * Ends drawing between two steps of the sampler once training was asked to stop: whoever wants to leave waits for no picture.
 *
 * @param trainer for which is drawn
 */
record UntilStopped(Trainer trainer) implements SamplingListener {
    @Override
    public void stepped(int step, Level from, Tensor noisy) {
        if (trainer.stopping()) {
            throw new InterruptedWorkException();
        }
    }
}
