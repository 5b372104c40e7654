package io.inkstone.train;

import java.util.List;

/**
 * A step that was left out, because a loss or a gradient was no number.
 *
 * @param position after it
 * @param phases that left it out; others went on
 */
public record SkippedStep(Position position, List<String> phases) {
    /** How many have been left out since the start of training, this one included, whatever the phase. */
    public long soFar() {
        return position.skipped().values().stream().mapToLong(Long::longValue).sum();
    }
}
