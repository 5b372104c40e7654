package io.inkstone.tensor;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What libtorch says when it gets no memory, as a sentence for people. */
public final class MemoryShortage {
    private static final double GIGABYTE = 1L << 30;
    private static final Pattern SAID =
            Pattern.compile("(?s).*(?:can't allocate memory|not enough memory): you tried to allocate (\\d+) bytes.*");
    private static final Pattern ON_A_CARD = Pattern.compile("(?s).*CUDA out of memory.*");

    private MemoryShortage() {}

    /** The sentence, if that is what {@code failure} is about. */
    public static Optional<InputException> of(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        Matcher bytes = SAID.matcher(message);
        if (bytes.matches()) {
            return Optional.of(new InputException(
                    Words.of(
                            "There is not enough memory: %.1f GB more were asked for. A smaller train.batch (with more train.accumulate), smaller pictures (data.size) or fewer at once (--count) need less.",
                            Double.parseDouble(bytes.group(1)) / GIGABYTE),
                    failure));
        }
        return ON_A_CARD.matcher(message).matches()
                ? Optional.of(new InputException(
                        "The memory of the device is full: a smaller train.batch (with more train.accumulate), smaller pictures (data.size) or fewer at once (--count) need less.",
                        failure))
                : Optional.empty();
    }
}
