package io.inkstone.diffusion.sampler;

import io.inkstone.diffusion.Level;
import io.inkstone.tensor.Scope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The model's last guesses, newest first: what a multi-step sampler remembers, in a local of one call. */
final class Guesses implements AutoCloseable {
    private final int most;
    private final Deque<Guess> kept = new ArrayDeque<>();

    /** A clean picture, as it was guessed at a level. */
    record Guess(Level level, Tensor clean) {
        double lambda() {
            return level.lambda();
        }
    }

    Guesses(int most) {
        this.most = most;
    }

    /** Remembers a copy of {@code clean}, beyond the open scope, and forgets the oldest. */
    void add(Level level, Tensor clean) {
        kept.addFirst(new Guess(level, Scope.own(clean.clone())));
        if (kept.size() > most) {
            Scope.release(kept.removeLast().clean());
        }
    }

    /** Those that a polynomial in λ can use: pure noise lies at −∞. */
    List<Guess> usable() {
        List<Guess> all = new ArrayList<>(kept);
        all.removeIf(guess -> guess != kept.peekFirst() && guess.level().alpha() == 0);
        return all;
    }

    @Override
    public void close() {
        kept.forEach(guess -> Scope.release(guess.clean()));
    }
}
