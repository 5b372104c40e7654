package io.inkstone.tensor;

import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.global.torch;

/**
 * No autograd graph is recorded on this thread until it is closed: sampling, evaluation, optimizer steps. Casts of mixed
 * precision are not remembered meanwhile: libtorch's memory of them is shared by all threads, and a training pass on another
 * one would find casts through which no gradient flows.
 */
public final class NoGradient implements AutoCloseable {
    // Owned: closing an enclosing scope first must not restore the mode behind our back.
    private final NoGradGuard guard = Scope.own(new NoGradGuard());
    private final boolean remembersCasts = torch.is_autocast_cache_enabled();

    private NoGradient() {
        torch.set_autocast_cache_enabled(false);
    }

    public static NoGradient begin() {
        NativeLibrary.load();
        return new NoGradient();
    }

    @Override
    public void close() {
        torch.set_autocast_cache_enabled(remembersCasts);
        guard.deallocate();
    }
}
