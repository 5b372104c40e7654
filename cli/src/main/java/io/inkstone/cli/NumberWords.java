package io.inkstone.cli;

import io.inkstone.Words;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Numbers on a line; another word is wrong usage, said in a person's terms. */
final class NumberWords {
    private NumberWords() {}

    /** For {@code line} and all commands below it. */
    static void understoodBy(CommandLine line) {
        String whole = "a whole number such as 4 was expected";
        String any = "a number such as 0.5 was expected";
        register(line, int.class, Integer.class, Integer::valueOf, whole);
        register(line, long.class, Long.class, Long::valueOf, whole);
        register(line, float.class, Float.class, Float::valueOf, any);
        register(line, double.class, Double.class, Double::valueOf, any);
    }

    private static <T> void register(
            CommandLine line, Class<T> plain, Class<T> boxed, Function<String, T> reading, String expected) {
        CommandLine.ITypeConverter<T> converter = word -> {
            try {
                return reading.apply(word.strip());
            } catch (NumberFormatException noNumber) {
                throw new TypeConversionException(Words.of(
                        "%s, got '%s'%s.", expected, word, word.matches("-?\\d{10,}") ? ", which is too large" : ""));
            }
        };
        line.registerConverter(plain, converter);
        line.registerConverter(boxed, converter);
    }
}
