package io.inkstone.cli;

import io.inkstone.InputException;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.Precision;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Option values as the library's own types; null is what was not said. */
final class Words {
    private Words() {}

    static Precision precision(String word) {
        return word == null ? Precision.AUTO : choice(Precision.class, word, "precision");
    }

    static SavedRun.Weights weights(String word) {
        return word == null ? SavedRun.Weights.EMA : choice(SavedRun.Weights.class, word, "kind of weights");
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String word, String what) {
        return Arrays.stream(type.getEnumConstants())
                .filter(choice -> choice.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new InputException("There is no %s '%s'. Known: %s."
                        .formatted(
                                what,
                                word,
                                Arrays.stream(type.getEnumConstants())
                                        .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", ")))));
    }
}
