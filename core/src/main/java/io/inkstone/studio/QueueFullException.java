package io.inkstone.studio;

import io.inkstone.Counted;
import io.inkstone.InputException;
import io.inkstone.Words;

/** As much work waits as the queue holds. Nothing was accepted; later there is room again. */
public final class QueueFullException extends InputException {
    private static final long serialVersionUID = 1;

    QueueFullException(int most) {
        super(Words.of("The queue is full: %s already wait. Ask again later.", Counted.of(most, "job")));
    }
}
