package io.inkstone.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where training stands, between two batches.
 *
 * @param step optimizer steps done, those left out included
 * @param epoch the current epoch, from 0
 * @param inEpoch pictures of this epoch done
 * @param accumulated batches whose gradients wait for the next step
 * @param openPictures pictures in those batches
 * @param batches batches done since the start
 * @param pictures pictures seen since the start
 * @param seconds time spent training, over all sessions
 * @param skipped steps that a phase left out because its loss or a gradient was no number, by its name
 */
public record Position(
        long step,
        int epoch,
        int inEpoch,
        int accumulated,
        long openPictures,
        long batches,
        long pictures,
        double seconds,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, Long> skipped) {
    public static final Position START = new Position(0, 0, 0, 0, 0, 0, 0, 0);

    public Position {
        skipped = Collections.unmodifiableSortedMap(new TreeMap<>(skipped));
    }

    /** Of training that left out no step. */
    public Position(
            long step,
            int epoch,
            int inEpoch,
            int accumulated,
            long openPictures,
            long batches,
            long pictures,
            double seconds) {
        this(step, epoch, inEpoch, accumulated, openPictures, batches, pictures, seconds, Map.of());
    }

    /** @param accumulate batches that make a step */
    Position afterBatch(int size, int accumulate, boolean endsEpoch, double elapsed) {
        boolean steps = accumulated + 1 >= accumulate;
        return new Position(
                steps ? step + 1 : step,
                endsEpoch ? epoch + 1 : epoch,
                endsEpoch ? 0 : inEpoch + size,
                steps ? 0 : accumulated + 1,
                steps ? 0 : openPictures + size,
                batches + 1,
                pictures + size,
                seconds + elapsed,
                skipped);
    }

    /** After {@code phases} left out the step that was just done. */
    Position leavingOut(List<String> phases) {
        Map<String, Long> more = new TreeMap<>(skipped);
        phases.forEach(phase -> more.merge(phase, 1L, Long::sum));
        return new Position(step, epoch, inEpoch, accumulated, openPictures, batches, pictures, seconds, more);
    }

    /** Steps of the optimizer of {@code phase}. */
    long stepsOf(String phase) {
        return step - skipped.getOrDefault(phase, 0L);
    }
}
