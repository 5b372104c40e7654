package io.inkstone.train;

/** That training is to end: asked for from any thread, or by the mark of an interruption on the thread that trains. */
final class StopRequest {
    private volatile boolean asked;
    private boolean marked;

    /** From any thread. */
    void ask() {
        asked = true;
    }

    /** Whether training is to end, also by the mark of the thread that asks here. */
    boolean stands() {
        return asked || Thread.currentThread().isInterrupted();
    }

    /** Work noticed that training is to end, by {@link #ask} or by its thread's mark, which it took away. */
    void taken() {
        marked |= !asked;
        ask();
    }

    /** Takes the mark of an interruption for {@link #ask}: files that a marked thread writes are closed under it. */
    void heed() {
        if (Thread.interrupted()) {
            marked = true;
            ask();
        }
    }

    /** Sets the mark again that was taken away. */
    void handBack() {
        if (marked) {
            marked = false;
            Thread.currentThread().interrupt();
        }
    }
}
