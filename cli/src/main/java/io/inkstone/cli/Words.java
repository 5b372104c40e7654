package io.inkstone.cli;

import io.inkstone.InputException;
import io.inkstone.data.Split;
import io.inkstone.models.MissingShortcut;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.Precision;
import io.inkstone.weights.layout.Layout;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
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

    static Optional<MissingShortcut> missingShortcut(String word) {
        return Optional.ofNullable(word).map(said -> choice(MissingShortcut.class, said, "missing shortcut"));
    }

    static Split split(String word) {
        return word == null ? Split.TRAIN : choice(Split.class, word, "part of the data");
    }

    /** A number of pixels or channels that may be left open. */
    static OptionalInt size(String option, Integer number) {
        if (number != null && number < 1) {
            throw new InputException("%s must be 1 or more, got %d.".formatted(option, number));
        }
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** The layouts that are written; older names are only read. */
    static Layout layout(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "inkstone" -> Layout.INKSTONE;
            case "compvis" -> Layout.COMPVIS;
            case "diffusers" -> Layout.DIFFUSERS;
            default ->
                throw new InputException(
                        "There is no layout '%s'. Known: inkstone, compvis, diffusers.".formatted(word));
        };
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
