package io.inkstone.studio;

import io.inkstone.wish.Workbench;

/**
 * Any work with an opened run: encoding, editing, measuring. It has the cores for itself. Given up, its thread is interrupted,
 * which {@code Coding}, {@code Editing} and {@code Generation} notice between batches and steps.
 *
 * @param <T> of the result
 */
@FunctionalInterface
public interface Work<T> {
    /**
     * @param bench valid as long as this call; while it changes pictures it tells of its steps by itself
     * @param steps told how far other work has come
     */
    T done(Workbench bench, Steps steps);

    /** How work says how far it has come; throws {@link io.inkstone.InterruptedWorkException} when it was given up. */
    @FunctionalInterface
    interface Steps {
        void at(long done, long all);
    }
}
