package io.inkstone.studio;

import io.inkstone.InputException;
import io.inkstone.Words;

/**
 * The bounds of a studio.
 *
 * @param mostIdle runs that stay loaded though nobody uses them, for the next who asks
 * @param mostMegabytes of all loaded runs together with their prepared weights; what the machine has free is a bound in any case
 * @param mostWaiting jobs that wait; more are refused
 */
public record StudioSettings(int mostIdle, long mostMegabytes, int mostWaiting) {
    public static final StudioSettings DEFAULT = new StudioSettings(4, Long.MAX_VALUE, 1000);

    public StudioSettings {
        if (mostIdle < 0 || mostMegabytes < 1 || mostWaiting < 1) {
            throw new InputException(Words.of(
                    "A studio keeps 0 or more idle runs, at least 1 MB and 1 waiting job, got %d, %d and %d.",
                    mostIdle, mostMegabytes, mostWaiting));
        }
    }

    public StudioSettings withMostIdle(int runs) {
        return new StudioSettings(runs, mostMegabytes, mostWaiting);
    }

    public StudioSettings withMostMegabytes(long megabytes) {
        return new StudioSettings(mostIdle, megabytes, mostWaiting);
    }

    public StudioSettings withMostWaiting(int jobs) {
        return new StudioSettings(mostIdle, mostMegabytes, jobs);
    }
}
