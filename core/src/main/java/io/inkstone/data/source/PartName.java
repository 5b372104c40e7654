package io.inkstone.data.source;

import io.inkstone.Words;
import io.inkstone.data.Split;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which part of a set a folder or a file means by its name, as people write it: {@code Train}, {@code val2017}, {@code test-00000-of-00002}. */
final class PartName {
    private static final String AROUND =
            "(?:sets?|images?|imgs?|pics?|pictures?|photos?|data|dataset|split|part|seg|hr|lr|of|a|b|x|folder)*";
    private static final String TRAIN = "train|training";
    private static final String VALIDATION =
            "val|valid|validation|validate|dev|develop|development|eval|evaluation|holdout|heldout";
    private static final String TEST = "test|testing";
    private static final Pattern NAME =
            Pattern.compile(Words.of("%s(?:(%s)|(%s)|(%s))%s", AROUND, TRAIN, VALIDATION, TEST, AROUND));
    private static final Pattern WORD = Pattern.compile(Words.of("(?:(%s)|(%s)|(%s))", TRAIN, VALIDATION, TEST));

    private PartName() {}

    /** Of a folder: its whole name says nothing else. */
    static Optional<Split> of(String folder) {
        return split(NAME.matcher(letters(folder)));
    }

    /** Of a file: one of its words is a part, whatever set it names beside: {@code cats-test-00000.parquet}. */
    static Optional<Split> ofFile(String file) {
        Optional<Split> found = Optional.empty();
        for (String word : file.toLowerCase(Locale.ROOT).split("[^\\p{L}]+")) {
            Optional<Split> split = split(WORD.matcher(word));
            if (split.isPresent() && found.isPresent() && !found.equals(split)) {
                return Optional.empty();
            }
            found = split.isPresent() ? split : found;
        }
        return found;
    }

    private static Optional<Split> split(Matcher name) {
        if (!name.matches()) {
            return Optional.empty();
        }
        return Optional.of(name.group(1) != null ? Split.TRAIN : name.group(2) != null ? Split.VALIDATION : Split.TEST);
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[\\d\\s_.\\-]+", "");
    }
}
