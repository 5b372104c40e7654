package io.inkstone.tensor;

import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * The one memory rule: native objects made inside a scope die with it, except those it {@link #keep keeps}.
 *
 * <p>Scopes nest and belong to the thread that opened them. A training step is a scope; each composite layer opens one
 * of its own, so that only the autograd graph decides how long an intermediate result lives.
 */
public final class Scope implements AutoCloseable {
    private final PointerScope outer = PointerScope.getInnerScope();
    private final PointerScope inner = new PointerScope();

    private Scope() {}

    public static Scope open() {
        NativeLibrary.load();
        return new Scope();
    }

    /** Runs {@code work} in a scope of its own and hands its result outward. */
    public static <T extends Pointer> T yielding(Supplier<T> work) {
        try (Scope scope = open()) {
            return scope.keep(work.get());
        }
    }

    /** Runs {@code work} in a scope of its own; nothing survives. */
    public static void run(Runnable work) {
        try (Scope scope = open()) {
            work.run();
        }
    }

    /** Hands {@code survivor} to the enclosing scope; without one, to the caller, who then owns it. */
    public <T extends Pointer> T keep(T survivor) {
        if (outer == null) {
            survivor.retainReference();
        } else {
            outer.attach(survivor);
        }
        return survivor;
    }

    /** Makes {@code object} independent of every scope until {@link #release} is called. */
    public static <T extends Pointer> T own(T object) {
        object.retainReference();
        return object;
    }

    /** Ends what {@link #own} began. */
    public static void release(Pointer object) {
        object.releaseReference();
    }

    /** Frees {@code object} now instead of when the innermost scope, which must hold it, ends. */
    public static void drop(Pointer object) {
        PointerScope.getInnerScope().detach(object);
    }

    /** Exact number of live native objects in this process, for leak tests and logs. */
    public static long liveObjects() {
        return Pointer.totalCount();
    }

    @Override
    public void close() {
        inner.close();
    }
}
