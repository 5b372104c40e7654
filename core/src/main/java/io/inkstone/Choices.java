package io.inkstone;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Enum constants by the words of options and recipes: {@code DDPM_SMALL} is {@code ddpm-small}. */
public final class Choices {
    private Choices() {}

    public static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @param what is chosen, for the message */
    public static <E extends Enum<E>> E named(Class<E> type, String word, String what) {
        List<String> known =
                Arrays.stream(type.getEnumConstants()).map(Choices::word).toList();
        int index = known.indexOf(word);
        if (index < 0) {
            throw new InputException(Words.of(
                    "There is no %s '%s'.%s Known: %s.",
                    what, word, NearestName.suggestion(word, known), String.join(", ", known)));
        }
        return type.getEnumConstants()[index];
    }
}
