package io.inkstone.diffusion.sampler;

import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.tensor.Scope;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The way along levels, a scope a step: what a step made is freed when the next one is done. */
final class Walk {
    private Walk() {}

    /** From one level to the next. */
    @FunctionalInterface
    interface Step {
        /** @return a tensor of its own, never its argument */
        Tensor next(Tensor noisy, Level from, Level to);
    }

    /** @return what the last step made, belonging to the enclosing scope; {@code start} itself for a single level */
    static Tensor along(List<Level> levels, Tensor start, SamplingListener listener, Step step) {
        try (Scope scope = Scope.open()) {
            Tensor noisy = start;
            for (int k = 0; k + 1 < levels.size(); k++) {
                Level from = levels.get(k);
                Level to = levels.get(k + 1);
                Tensor before = noisy;
                noisy = Scope.yielding(() -> step.next(before, from, to));
                if (k > 0) {
                    before.close(); // or every step's pictures would live until the end
                }
                listener.stepped(k + 1, from, noisy);
            }
            return scope.keep(noisy);
        }
    }
}
