package io.inkstone.wish;

import io.inkstone.InputException;
import io.inkstone.NearestName;
import io.inkstone.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Classes in words, parted by commas: {@code 3,0,hat}, or with weights {@code hat=0.7,glasses=0.3}. A name with a comma or
 * an equals sign stands in double quotes, {@code "a, b",hat}; a quote inside them is doubled.
 */
final class ClassWords {
    private ClassWords() {}

    /**
     * One part of the words.
     *
     * @param name of a class, or its number
     * @param weight as it was written; empty where none was
     */
    record Part(String name, String weight) {
        /** How much of the class; 1 where nothing was said. */
        float amount() {
            if (weight.isEmpty()) {
                return 1;
            }
            try {
                float amount = Float.parseFloat(weight);
                if (Float.isFinite(amount)) {
                    return amount;
                }
            } catch (NumberFormatException notANumber) {
                // said below
            }
            throw wrongWeight(weight);
        }
    }

    /** One class after another. Empty parts at the end do not count. */
    static List<String> list(String words) {
        return parted(words).stream().map(part -> unquoted(part, words)).toList();
    }

    /** Classes with their weights. */
    static List<Part> mix(String words) {
        return parted(words).stream().map(part -> part(part, words)).toList();
    }

    private static Part part(String part, String words) {
        int equals = outsideQuotes(part, '=', 0);
        if (equals < 0) {
            return new Part(unquoted(part, words), "");
        }
        String weight = part.substring(equals + 1).strip();
        if (weight.isEmpty()) {
            throw wrongWeight(weight);
        }
        return new Part(unquoted(part.substring(0, equals).strip(), words), weight);
    }

    private static InputException wrongWeight(String weight) {
        return new InputException("A weight of a class must be a number such as 0.7, got '" + weight + "'.");
    }

    private static List<String> parted(String words) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int comma = outsideQuotes(words, ',', 0); comma >= 0; comma = outsideQuotes(words, ',', from)) {
            parts.add(words.substring(from, comma).strip());
            from = comma + 1;
        }
        parts.add(words.substring(from).strip());
        while (parts.size() > 1 && parts.get(parts.size() - 1).isEmpty()) {
            parts.remove(parts.size() - 1);
        }
        return parts;
    }

    /** Where {@code sign} next stands outside quotes, which only the beginning of a part opens; −1 for nowhere. */
    private static int outsideQuotes(String words, char sign, int from) {
        boolean quoted = false;
        boolean beginning = true;
        for (int i = from; i < words.length(); i++) {
            char letter = words.charAt(i);
            if (letter == '"' && (quoted || beginning)) {
                quoted = !quoted;
                beginning = !quoted; // a doubled quote opens again
            } else if (letter == sign && !quoted) {
                return i;
            } else {
                beginning &= Character.isWhitespace(letter) && !quoted;
            }
        }
        return -1;
    }

    private static String unquoted(String part, String words) {
        if (!part.startsWith("\"")) {
            return part;
        }
        if (part.length() < 2
                || !part.endsWith("\"")
                || (part.chars().filter(each -> each == '"').count() & 1) == 1) {
            throw new InputException(
                    Words.of("A quote in %s is not closed: write a name with a comma as \"a, b\".", words));
        }
        return part.substring(1, part.length() - 1).replace("\"\"", "\"");
    }

    /** As it has to be written to be read as one name. */
    static String quoted(String name) {
        boolean plain = name.chars().noneMatch(letter -> letter == ',' || letter == '=')
                && !name.startsWith("\"")
                && name.strip().equals(name)
                && !name.isEmpty();
        return plain ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** Of a class by its name, or else its number from 0. */
    static int index(String word, List<String> classes) {
        if (classes.isEmpty()) {
            throw new InputException("This model was trained without classes: ask for none.")
                    .about("labels", "context");
        }
        int byName = classes.indexOf(word);
        if (byName >= 0) {
            return byName;
        }
        String known = classes.stream().map(ClassWords::quoted).collect(Collectors.joining(", "));
        if (!word.matches("\\d{1,9}")) {
            throw new InputException(Words.of(
                    "There is no class '%s'.%s Known: %s.", word, NearestName.suggestion(word, classes), known));
        }
        int number = Integer.parseInt(word);
        if (number >= classes.size()) {
            throw new InputException(Words.of(
                    "There is no class %d: this model has %d, 0 to %d (%s).",
                    number, classes.size(), classes.size() - 1, known));
        }
        return number;
    }
}
