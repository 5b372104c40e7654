package io.inkstone.tensor;

import org.bytedeco.pytorch.NoGradGuard;

/** No autograd graph is recorded on this thread until it is closed: sampling, evaluation, optimizer steps. */
public final class NoGradient implements AutoCloseable {
    static {
        NativeLibrary.load();
    }

    // Owned: closing an enclosing scope first must not restore the mode behind our back.
    private final NoGradGuard guard = Scope.own(new NoGradGuard());

    private NoGradient() {}

    public static NoGradient begin() {
        return new NoGradient();
    }

    @Override
    public void close() {
        guard.deallocate();
    }
}
